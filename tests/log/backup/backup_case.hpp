#pragma once
// A store, a directory for its backup, and directories for what is restored from it.
#include <eventstore/file_log/backup.hpp>

#include "log/store_on_disk.hpp"

namespace eventstore::laws {

/// What an event is, wherever it is read.
struct Seen {
  std::uint64_t position;
  std::string stream;
  std::uint64_t version;
  EventId id;
  std::string data;
  Timestamp recorded_at;

  friend bool operator==(const Seen&, const Seen&) = default;
};

inline std::vector<Seen> seen_in(const EventLog& log) {
  std::vector<Seen> all;
  const auto page = log.read_all({.limit = 1'000'000});
  if (!page) FAIL(page.error().message());
  for (const auto& recorded : page->events)
    all.push_back({recorded.position.value, std::string{recorded.stream}, recorded.version.value, recorded.id,
                   std::string{as_text(recorded.data)}, recorded.recorded_at});
  return all;
}

/// Puts `text` over what stands at `offset`, or past the end.
inline void write_at(const std::string& path, std::size_t offset, std::string_view text) {
  std::fstream file{path, std::ios::binary | std::ios::in | std::ios::out};
  file.seekp(static_cast<std::streamoff>(offset));
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
}

inline std::vector<Seen> first_of(const std::vector<Seen>& all, std::size_t count) {
  return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count)};
}

template <class T> T value_of(Result<T> result) {
  if (!result) FAIL(result.error().message());
  return std::move(*result);
}

/// The store appends with one second between commits, in segments of 4096 bytes, without seals.
class BackupCase {
 public:
  StoreOnDisk store;
  PosixFileSystem disk;
  FaultyFileSystem to{disk};  // where backups are made

  std::unique_ptr<FileLog> open() {
    return store.open(
        {.durability = Durability::on_close, .segment_bytes_max = small_segment, .tamper_evidence = false});
  }
  /// Appends one event a commit, to two streams by turns.
  void append_events(FileLog& log, std::uint64_t count) {
    for (; count > 0; --count) {
      store.clock.advance_seconds(1);
      const auto next = log.head()->value + 1;
      REQUIRE(append(log, {event(next % 2 == 0 ? "delivery-2" : "delivery-1", next, "data of the event")}));
    }
  }
  void append_events(std::uint64_t count) { append_events(*open(), count); }
  std::vector<Seen> events() { return seen_in(*open()); }

  [[nodiscard]] std::string backup_path() const { return directory_.file("backup"); }
  [[nodiscard]] std::string in_backup(const std::string& name) const { return backup_path() + "/" + name; }
  [[nodiscard]] std::string segment_copy(int number) const {
    return in_backup("segments/000000000000000" + std::to_string(number) + ".log");
  }

  /// The offset behind the last commit of a segment of which all is in the backup.
  [[nodiscard]] std::size_t end_of_copy(int number) const { return std::filesystem::file_size(segment_copy(number)); }

  Result<BackupReport> try_backup(const OnCopyProgress& on_progress = {}) {
    return backup(store.files, store.path(), to, backup_path(), store.clock, on_progress);
  }
  BackupReport make_backup() { return value_of(try_backup()); }
  Result<BackupCheck> try_check() { return check_backup(disk, backup_path()); }
  BackupCheck check() { return value_of(try_check()); }

  [[nodiscard]] std::string restored_path() const { return directory_.file("restored"); }
  Result<RestoreReport> try_restore(const RestorePoint& point = {}, const OnCopyProgress& on_progress = {}) {
    return eventstore::restore(disk, backup_path(), to, restored_path(), point, on_progress);
  }
  /// Restores to a directory that is missing.
  RestoreReport restore(const RestorePoint& point = {}) {
    std::filesystem::remove_all(restored_path());
    return value_of(try_restore(point));
  }
  std::unique_ptr<FileLog> open_restored(FileLogOptions options = {.segment_bytes_max = small_segment}) {
    return value_of(FileLog::open(disk, store.clock, restored_path(), options));
  }
  /// The events of a store that is restored from the backup as it is now.
  std::vector<Seen> restored_events(const RestorePoint& point = {}) {
    restore(point);
    return seen_in(*open_restored());
  }

  /// Keeps the backup as it is now; `put_backup_back` puts it back.
  void keep_backup() { copy(backup_path(), directory_.file("kept")); }
  void put_backup_back() { copy(directory_.file("kept"), backup_path()); }

  static void copy(const std::string& from, const std::string& to) {
    std::filesystem::remove_all(to);
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
  }

 private:
  TemporaryDirectory directory_;
};

}  // namespace eventstore::laws
