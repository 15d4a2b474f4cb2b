// Any text as a proof: refused or read; what is read is checked without harm and written back to read the same.
#include "app/proof_form.hpp"

#include <eventstore/schema/codec.hpp>

#include "fuzz_one.hpp"

namespace eventstore::fuzz {

void fuzz_one(BytesView bytes) {
  const auto proof = app::parse_proof(as_text(bytes));
  if (!proof) return;
  (void)check_proof(*proof, std::nullopt);
  (void)check_proof(*proof, Digest{});
  (void)event_of(*proof);
  const auto again = app::parse_proof(to_json(app::described(*proof)));
  must(again && *again == *proof);
}

}  // namespace eventstore::fuzz
