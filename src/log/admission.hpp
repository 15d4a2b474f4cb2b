#pragma once
// Whether a commit may be appended, and where its events would stand: the same rules for every engine.
#include "log_index.hpp"

namespace eventstore::inline v1 {

/// Judges `commit` against the log as it is in `index`. The receipt's `durability` is left to the engine.
/// Errors: as EventLog::append, before anything is written.
Result<Receipt> admit(const Commit& commit, const LogIndex& index);

/// The descriptors of those schemas that `commit` uses and that `held` does not name; they are added to `held`.
std::vector<SchemaRecord> descriptors_missing(const Commit& commit, const LogIndex& index, std::vector<SchemaId>& held);

}  // namespace eventstore::inline v1
