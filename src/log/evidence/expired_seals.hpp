#pragma once
// What retention leaves of seals: their headers, which keep the chain together over the segments that are gone.
#include "../files/expired_statement.hpp"
#include "seal.hpp"

namespace eventstore::engine {

/// The kept header at `index`, as it stands.
format::SealHeader kept_seal(const ExpiredStatement& expired, std::size_t index);

/// What is wrong with the kept header at `index`, and where in the file `expired`; `text` is empty when nothing is.
/// Each continues the one before, and the last is that of the last segment that was dropped.
SealFlaw check_kept_seal(const ExpiredStatement& expired, std::size_t index);

/// How far the chain reaches over the segments that were dropped: to their end. The digest is 0 where none of them had
/// a seal; then the chain begins after them. Errors: corrupt_record and newer_format, naming `path`.
Result<ChainHead> chain_head_of(const ExpiredStatement& expired, const std::string& path);

}  // namespace eventstore::engine
