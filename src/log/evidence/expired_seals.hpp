#pragma once
// The headers of seals that retention keeps. They hold the chain together over dropped segments.
#include "../files/expired_statement.hpp"
#include "seal.hpp"

namespace eventstore::engine {

/// The kept header at `index`, unchecked.
format::SealHeader kept_seal(const ExpiredStatement& expired, std::size_t index);

/// The flaw of the kept header at `index`, and its place in the file `expired`; `text` is empty if there is none. Each
/// continues the one before, and the last is that of the last segment that was dropped.
SealFlaw check_kept_seal(const ExpiredStatement& expired, std::size_t index);

/// The end of the chain over the dropped segments. The digest is 0 if none of them had a seal; then the chain begins
/// after them. Errors: corrupt_record and newer_format, naming `path`.
Result<ChainHead> chain_head_of(const ExpiredStatement& expired, const std::string& path);

/// The digest that stands for the kept states in the chain: SHA-256 over the digest of the states before, that of the
/// last seal that was dropped, the statement's place, and the digest of the states' file.
Digest chained_states(const ExpiredStatement& expired);

}  // namespace eventstore::engine
