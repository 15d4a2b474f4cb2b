#include <eventstore/app/backup.hpp>
#include <eventstore/file_log/backup.hpp>

#include "unless_zero.hpp"

namespace eventstore::app {
namespace {

OnCopyProgress told_to(const OnProgress& on_progress, std::stop_token stop) {
  return [&on_progress, stop = std::move(stop)](const CopyProgress& now) {
    const auto part = static_cast<double>(now.bytes_done) / static_cast<double>(now.bytes_total);
    if (on_progress) on_progress({now.bytes_done, now.bytes_total == 0 ? -1 : part});
    return !stop.stop_requested();
  };
}

// Nothing where there is no event, and so no time.
std::optional<Timestamp> time_of(Position last, Timestamp time) {
  return last == Position{0} ? std::nullopt : std::optional{time};
}

BackupContent content_of(const BackupState& state) {
  return {state.store_id,
          state.last.value,
          time_of(state.last, state.first_recorded_at),
          time_of(state.last, state.last_recorded_at),
          state.segments,
          state.bytes,
          state.made_at};
}

}  // namespace

Result<BackupMade> backup(const CopyPlaces& places, const Backup& parameters, const Clock& clock,
                          const OnProgress& on_progress, std::stop_token stop) {
  EVENTSTORE_TRY_ASSIGN(const auto made,
                        eventstore::backup(places.store_files, places.store, places.backup_files, parameters.directory,
                                           clock, told_to(on_progress, std::move(stop))));
  return BackupMade{content_of(made.state), made.files_copied, made.files_kept, made.bytes_copied};
}

Result<BackupChecked> check_backup(FileSystem& files, const Backup& parameters, const OnProgress& on_progress,
                                   std::stop_token stop) {
  EVENTSTORE_TRY_ASSIGN(const auto found,
                        eventstore::check_backup(files, parameters.directory, told_to(on_progress, std::move(stop))));
  return BackupChecked{content_of(found.state), found.is_complete};
}

Result<Restored> restore(const CopyPlaces& places, const Restore& parameters, const OnProgress& on_progress,
                         std::stop_token stop) {
  RestorePoint point{{}, parameters.to_time};
  if (parameters.to_position) point.position = Position{*parameters.to_position};
  EVENTSTORE_TRY_ASSIGN(const auto made,
                        eventstore::restore(places.backup_files, parameters.directory, places.store_files, places.store,
                                            point, told_to(on_progress, std::move(stop))));
  Restored restored{
      made.store_id, made.last.value, time_of(made.last, made.last_recorded_at), made.segments, made.bytes, {}, {}, {}};
  restored.events_left_out = unless_zero(made.backup_last.value - made.last.value);
  if (made.left_out_last != Position{0}) {
    restored.left_out_from = made.left_out_first.value;
    restored.left_out_to = made.left_out_last.value;
  }
  return restored;
}

}  // namespace eventstore::app
