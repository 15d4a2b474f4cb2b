// Any text as a proof: refused or read, and what is read is checked without harm and written back to read the same.
#include <cstdlib>

#include "../../src/cli/proof_text.hpp"

using namespace eventstore;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto proof = cli::parse_proof(as_text(std::as_bytes(std::span{data, size})));
  if (!proof) return 0;
  (void)check_proof(*proof, std::nullopt);
  (void)check_proof(*proof, Digest{});
  (void)event_of(*proof);
  const auto again = cli::parse_proof(cli::text_of(*proof));
  if (!again || !(*again == *proof)) std::abort();
  return 0;
}
