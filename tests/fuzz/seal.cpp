// Any bytes as a seal file: refused, or taken and written again as they were.
#include <algorithm>

#include "fuzz_one.hpp"
#include "log/evidence/seal.hpp"

namespace eventstore::fuzz {

using namespace engine;

void fuzz_one(BytesView bytes) {
  (void)check_seal_header(bytes);
  const auto seal = decode_seal(bytes, "fuzz.seal");
  if (!seal) return;
  const auto again = encode(*seal);
  must(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()));
}

}  // namespace eventstore::fuzz
