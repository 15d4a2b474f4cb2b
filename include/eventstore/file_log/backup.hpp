#pragma once
// Copies of a store that is in use, made bit by bit, and stores made from them. Layout of a backup:
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

/// How far a copy has come.
struct CopyProgress {
  std::uint64_t bytes_done = 0;
  std::uint64_t bytes_total = 0;
};

/// Told of the progress every now and then, on the caller's thread; false asks to stop.
using OnCopyProgress = std::function<bool(const CopyProgress&)>;

/// What a backup holds.
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
  std::uint64_t files_copied = 0;  ///< made, or made longer
  std::uint64_t files_kept = 0;    ///< there already, and not read again
  std::uint64_t bytes_copied = 0;
};

/// Brings the backup in `backup_directory`, which is made where it is missing, up to what readers of the store may see
/// when this begins. The store may be written to meanwhile, here or in another process; it is not locked and not
/// changed. Every commit is checked before it is copied.
/// Errors: not_found (no store); invalid_argument (the directory holds something else, the backup of another store, or
/// one of a history that the store no longer has); locked (another backup to it goes on); corrupt_record (the store is
/// damaged, or a copy that is to be made longer); newer_format; stopped; out_of_space, io_failed, read_only;
/// user_exception. After any error the backup is what it was: restore() gives what the last complete run copied.
/// Cost: reads what is copied, and what is there already of the last segment, here and in the copy.
Result<BackupReport> backup(FileSystem& from_files, const std::string& store_directory, FileSystem& to_files,
                            const std::string& backup_directory, const Clock& clock,
                            const OnCopyProgress& on_progress = {});

struct BackupCheck {
  BackupState state;
  bool is_complete = true;  ///< false: a later run was cut off or goes on; `state` is that of the one before
};

/// Checks every byte that the backup's manifest names. Writes nothing and takes no lock.
/// Errors: not_found (no backup here, or a first one that was cut off); corrupt_record, naming the file; newer_format;
/// stopped; io_failed; user_exception. Cost: reads the whole backup once.
Result<BackupCheck> check_backup(FileSystem& files, const std::string& backup_directory,
                                 const OnCopyProgress& on_progress = {});

/// The end of what is restored; without either, the end of the backup. With both, what comes first.
struct RestorePoint {
  std::optional<Position> position{};  ///< the last event that may be there
  std::optional<Timestamp> time{};     ///< nothing that was recorded (`recorded_at`) later
};

struct RestoreReport {
  Uuid store_id{};
  Position last{};               ///< of the last event restored; 0 where there is none
  std::uint64_t checksum = 0;    ///< as BackupState::checksum
  Timestamp last_recorded_at{};  ///< recorded_at of that event; 0 where there is none
  std::uint64_t segments = 0;
  std::uint64_t bytes = 0;
  /// Where RestorePoint::position stands inside a commit: the first and last position of that commit, which was left
  /// out as a whole. 0 otherwise.
  Position left_out_first{};
  Position left_out_last{};
};

/// Makes a store in `store_directory`, which is empty or missing, from a backup: every whole commit up to `point`.
/// Every file that is used is checked against the backup's manifest, and every commit before it is written. The store
/// has the id of the one that was backed up, and positions and versions go on. Errors: not_found (no backup, or `point`
/// past its end); invalid_argument (`store_directory` is not empty); corrupt_record, naming the damaged file;
/// newer_format; locked; stopped; out_of_space, io_failed, read_only; user_exception. After an error there is no store
/// in the directory, and the same call may be made again. Cost: reads and writes what is restored, once.
Result<RestoreReport> restore(FileSystem& from_files, const std::string& backup_directory, FileSystem& to_files,
                              const std::string& store_directory, const RestorePoint& point = {},
                              const OnCopyProgress& on_progress = {});

}  // namespace v1
}  // namespace eventstore
