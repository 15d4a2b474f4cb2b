// Any bytes as a seal file: accepted or refused, and what is accepted is written back as it was.
#include <cstdlib>

#include "../../src/log/chain/seal.hpp"

using namespace eventstore;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span{data, size});
  (void)check_seal_header(bytes);
  const auto seal = decode_seal(bytes, "fuzz.seal");
  if (!seal) return 0;
  const auto again = encode(*seal);
  if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end())) std::abort();
  return 0;
}
