#pragma once
// Copies of a store that is in use, each run copying the new part, and stores made from copies. Layout of a backup:
// docs/operate/backup.md.
#include <eventstore/core/ordinal.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/os/clock.hpp>
#include <eventstore/os/file_system.hpp>
#include <functional>
#include <optional>
#include <string>

namespace eventstore {
inline namespace v1 {

/// The progress of a copy.
struct CopyProgress {
  std::uint64_t bytes_done = 0;
  std::uint64_t bytes_total = 0;
};

/// Called with the progress from time to time, on the caller's thread; false asks to stop.
using OnCopyProgress = std::function<bool(const CopyProgress&)>;

/// The contents of a backup.
struct BackupState {
  Uuid store_id{};
  Timestamp made_at{};
  Position last{};                ///< of the last event; 0 where there is none
  std::uint64_t checksum = 0;     ///< EventLog::checksum_at of `last`, or of the seal or mark that follows it
  Timestamp first_recorded_at{};  ///< recorded_at of the first event and of the last; 0 where there is none
  Timestamp last_recorded_at{};
  std::uint64_t segments = 0;
  std::uint64_t bytes = 0;  ///< of all files that the backup's manifest names
};

struct BackupReport {
  BackupState state;
  std::uint64_t files_copied = 0;  ///< new files, and files that grew
  std::uint64_t files_kept = 0;    ///< files that the backup had already, and that were not read again
  std::uint64_t bytes_copied = 0;
};

/// Brings the backup in `backup_directory`, which is made if it is missing, up to the commits that readers of the store
/// may see when the call begins. A writer may append during the call, here or in another process; the store is not
/// locked and not changed. Every commit is checked before it is copied. Errors: not_found (no store); invalid_argument
/// (the directory holds other files, the backup of another store, or a history that the store no longer has); locked
/// (another backup to the directory is running); corrupt_record (the store is damaged, or a copy that is to be made
/// longer); newer_format; stopped; out_of_space, io_failed, read_only; user_exception. After any error the backup is
/// unchanged: restore() gives the events of the last complete run. Cost: reads the bytes that it copies, and the part
/// of the last segment that the backup has already, here and in the copy.
Result<BackupReport> backup(FileSystem& from_files, const std::string& store_directory, FileSystem& to_files,
                            const std::string& backup_directory, const Clock& clock,
                            const OnCopyProgress& on_progress = {});

struct BackupCheck {
  BackupState state;
  bool is_complete = true;  ///< false: a later run was cut off or is running; `state` is that of the run before
};

/// Checks every byte that the backup's manifest names. Writes nothing and takes no lock.
/// Errors: not_found (no backup here, or a first one that was cut off); corrupt_record, naming the file; newer_format;
/// stopped; io_failed; user_exception. Cost: reads the whole backup once.
Result<BackupCheck> check_backup(FileSystem& files, const std::string& backup_directory,
                                 const OnCopyProgress& on_progress = {});

/// The end of the restored history; without either member, the end of the backup. With both, the earlier point counts.
struct RestorePoint {
  std::optional<Position> position{};  ///< no event after this one is restored
  std::optional<Timestamp> time{};     ///< no event that was recorded (`recorded_at`) later is restored
};

struct RestoreReport {
  Uuid store_id{};
  Position last{};               ///< of the last event restored; 0 where there is none
  std::uint64_t checksum = 0;    ///< as BackupState::checksum
  Timestamp last_recorded_at{};  ///< recorded_at of that event; 0 where there is none
  std::uint64_t segments = 0;
  std::uint64_t bytes = 0;
  Position backup_last{};  ///< of the backup's last event: those after `last` were left out
  /// Where RestorePoint::position stands inside a commit: the first and last position of that commit, which was left
  /// out as a whole. 0 otherwise.
  Position left_out_first{};
  Position left_out_last{};
};

/// Makes a store in `store_directory`, which is empty or missing, from a backup: every whole commit up to `point`.
/// Every file that is used is checked against the backup's manifest, and every commit before it is written. The store
/// has the id of the original, and continues its positions and versions. Errors: not_found (no backup, or `point` past
/// its end); invalid_argument (`store_directory` is not empty); corrupt_record, naming the damaged file; newer_format;
/// locked; stopped; out_of_space, io_failed, read_only; user_exception. After an error there is no store in the
/// directory, and the same call may be made again. Cost: reads and writes the restored bytes once.
Result<RestoreReport> restore(FileSystem& from_files, const std::string& backup_directory, FileSystem& to_files,
                              const std::string& store_directory, const RestorePoint& point = {},
                              const OnCopyProgress& on_progress = {});

}  // namespace v1
}  // namespace eventstore
