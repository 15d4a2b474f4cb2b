#pragma once
// Whether a store works, shown by one audit line that is written and read back; and what could be better about it.
#include <eventstore/app/settings.hpp>
#include <eventstore/app/store.hpp>
#include <eventstore/core/function_ref.hpp>

namespace eventstore::app {

/// `ok`: it works. `skipped`: the program has nothing to try it with. `advice`: it works, and `todo` makes it better.
EVENTSTORE_ENUM(DoctorResult, ok, skipped, advice);

struct DoctorRow {
  EVENTSTORE_FIELDS(DoctorRow, (std::string, check), (DoctorResult, result), (std::string, says),
                    (std::optional<std::string>, todo));
};

using OnDoctorRow = FunctionRef<Result<void>(const DoctorRow&)>;

/// The organization and the user of the audit lines that examine_store writes.
inline constexpr const char* doctor_name = "eventstore-doctor";

/// Tells of the connection, which is the open store; writes an audit line by the program's function `log_action`, for
/// an organization of its own, so that nobody else sees it; reads it back from the log; and tells of the end. Needs a
/// store that is open for writing. Errors: those of writing and reading, each with what to do; those of `on_row`.
Result<void> examine_store(Store& store, OnDoctorRow on_row);

/// Gives advice about a store that works: where its master key is, who may read its files, collections that are unwell,
/// the room on the disk, and settings. No value of a document or of a secret is in it. Errors: as
/// check_projections_health; those of `on_row`.
Result<void> advise(Store& store, const Settings& settings, OnDoctorRow on_row);

}  // namespace eventstore::app
