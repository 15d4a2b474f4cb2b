#include <eventstore/app/retain.hpp>
#include <eventstore/file_log/file_log.hpp>

#include "unless_zero.hpp"

namespace eventstore::app {

Result<Retained> retain(FileLog& log, const Retain& parameters) {
  using Action = RetentionPolicy::Action;
  const auto action = parameters.action == RetainAction::drop ? Action::drop : Action::archive;
  EVENTSTORE_TRY_ASSIGN(const auto done, log.retain({action, parameters.before, parameters.dry_run}));
  Retained retained{};
  retained.action = done.action == Action::drop ? RetainAction::drop : RetainAction::archive;
  retained.dry_run = done.dry_run;
  retained.segments = done.segments;
  if (done.segments != 0) {
    retained.first_position = done.first.value;
    retained.last_position = done.last.value;
    retained.recorded_from = done.first_recorded_at;
    retained.recorded_to = done.last_recorded_at;
    retained.bytes = done.bytes;
  }
  retained.archived_bytes = unless_zero(done.archived_bytes);
  retained.ahead_of_clock = unless_zero(done.ahead_of_clock);
  retained.expired_position = done.expired.value;
  return retained;
}

}  // namespace eventstore::app
