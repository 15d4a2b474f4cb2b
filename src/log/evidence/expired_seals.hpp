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

}  // namespace eventstore::engine
