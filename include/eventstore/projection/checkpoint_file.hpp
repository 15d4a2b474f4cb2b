#pragma once
// How far a reader of the log is, in a file of its own: for readers that have no collection to keep it with.
#include <eventstore/core/ordinal.hpp>
#include <eventstore/core/uuid.hpp>
#include <eventstore/os/file_system.hpp>
#include <optional>
#include <string>

namespace eventstore {
inline namespace v1 {

class EventLog;

/// A place in the history of one log.
struct LogPlace {
  Uuid store_id{};
  Position position{};
  std::uint64_t checksum = 0;  ///< EventLog::checksum_at(position), which shows another history

  /// The place in `log` at `position`. Errors: as EventLog::checksum_at.
  static Result<LogPlace> at(const EventLog& log, Position position);
  friend bool operator==(const LogPlace&, const LogPlace&) = default;
};

/// Threads: one at a time. One object, in one process, writes a file.
class CheckpointFile {
 public:
  /// `files` outlives this. Touches nothing yet.
  CheckpointFile(FileSystem& files, std::string path) : files_{&files}, path_{std::move(path)} {}

  /// The place that the file has; absent where there is no file, or its checksum is wrong: it counts as lost then.
  /// `purpose` says what the place is for, and is the same each time. Errors: corrupt_record, where the file has the
  /// place of another log, or of a history of `log` that is no longer this one; invalid_argument, where it was written
  /// for another purpose; io_failed.
  [[nodiscard]] Result<std::optional<LogPlace>> read(const EventLog& log, const Uuid& purpose) const;

  /// Puts `place` into the file: on the disk when this returns, and until then the earlier place stays. Directories
  /// that are missing are made. Errors: io_failed, out_of_space, read_only. Cost: a file written, synced and renamed,
  /// and its directory synced.
  Result<void> write(const LogPlace& place, const Uuid& purpose);

  /// Removes the file if there is one. Errors: io_failed, read_only.
  Result<void> remove();

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  FileSystem* files_;
  std::string path_;
};

}  // namespace v1
}  // namespace eventstore
