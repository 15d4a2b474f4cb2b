#pragma once
// Copies of a store: made, checked, and turned into a store again.
#include <eventstore/app/progress.hpp>
#include <eventstore/core/result.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/schema/fields.hpp>
#include <optional>
#include <stop_token>
#include <string>

namespace eventstore {
inline namespace v1 {
class Clock;
class FileSystem;
}  // namespace v1
}  // namespace eventstore

namespace eventstore::app {

/// The file system of the two directories.
struct CopyPlaces {
  FileSystem& store_files;
  const std::string& store;  ///< the store's directory
  FileSystem& backup_files;
};

struct Backup {
  EVENTSTORE_FIELDS(Backup, (std::string, directory, , help("Directory of the backup")));
};

/// The contents of a backup; no times if it has no event.
struct BackupContent {
  EVENTSTORE_FIELDS(BackupContent, (Uuid, store_id), (std::uint64_t, position),
                    (std::optional<Timestamp>, recorded_from), (std::optional<Timestamp>, recorded_to),
                    (std::uint64_t, segments), (std::uint64_t, bytes), (Timestamp, made_at));
};

struct BackupMade {
  EVENTSTORE_FIELDS(BackupMade, (BackupContent, content, , flattened), (std::uint64_t, files_copied),
                    (std::uint64_t, files_kept), (std::uint64_t, bytes_copied));
};

/// Brings the backup up to the store. `on_progress` is told of bytes. Errors: as eventstore::backup.
Result<BackupMade> backup(const CopyPlaces& places, const Backup& parameters, const Clock& clock,
                          const OnProgress& on_progress = {}, std::stop_token stop = {});

/// `complete` is false if a later run was cut off or is running: the contents are those of the run before.
struct BackupChecked {
  EVENTSTORE_FIELDS(BackupChecked, (BackupContent, content, , flattened), (bool, complete));
};

/// Checks every byte of a backup. `on_progress` is told of bytes. Errors: as eventstore::check_backup.
Result<BackupChecked> check_backup(FileSystem& files, const Backup& parameters, const OnProgress& on_progress = {},
                                   std::stop_token stop = {});

struct Restore {
  EVENTSTORE_FIELDS(Restore, (std::string, directory, , help("Directory of the backup")),
                    (std::optional<std::uint64_t>, to_position, , help("Last position that may be restored")),
                    (std::optional<Timestamp>, to_time, ,
                     help("Restore only events that were recorded until this time, in RFC 3339, or until the start of "
                          "this day in UTC")));
};

struct Restored {
  EVENTSTORE_FIELDS(Restored, (Uuid, store_id), (std::uint64_t, position), (std::optional<Timestamp>, recorded_to),
                    (std::uint64_t, segments), (std::uint64_t, bytes), (std::optional<std::uint64_t>, left_out_from),
                    (std::optional<std::uint64_t>, left_out_to), (std::optional<std::uint64_t>, events_left_out));
};

/// Makes a store from a backup, where there is none yet. `on_progress` is told of bytes. Errors: as
/// eventstore::restore.
Result<Restored> restore(const CopyPlaces& places, const Restore& parameters, const OnProgress& on_progress = {},
                         std::stop_token stop = {});

}  // namespace eventstore::app
