#pragma once
// What every file of this folder defines: reads `bytes` as damaged input, as they are and with checksums that fit.
// It ends the process where a reader broke its word.
#include <cstdint>
#include <eventstore/core/bytes.hpp>

namespace eventstore::fuzz {

void fuzz_one(BytesView bytes);

/// Ends the process where `holds` is false.
inline void must(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace eventstore::fuzz
