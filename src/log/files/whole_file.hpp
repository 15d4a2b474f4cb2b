#pragma once
// A file that is either whole under its name or missing: written under another name, synced, renamed, and its name
// synced.
#include <eventstore/os/file_system.hpp>
#include <string>

namespace eventstore::engine {

/// Threads: one at a time.
class WholeFile {
 public:
  /// Begins the file `path` under `path`.tmp. A file that an earlier try left under that name is removed, because it
  /// may be longer. `mode` is `create` if another process may write the same file at the same time, with the same
  /// bytes.
  static Result<WholeFile> begin(FileSystem& files, std::string path, OpenMode mode = OpenMode::create_new);

  [[nodiscard]] File& file() const { return *file_; }
  /// Returns when the file is on the disk under its name. Until then the earlier file of that name stays.
  Result<void> finish();
  /// The two halves of finish(): the file has its name after the first, and the name is on the disk after the second.
  Result<void> name();
  Result<void> sync_name();

 private:
  WholeFile(FileSystem& files, std::string path, std::unique_ptr<File> file)
      : files_{&files}, path_{std::move(path)}, file_{std::move(file)} {}

  FileSystem* files_;
  std::string path_;
  std::unique_ptr<File> file_;
};

/// Puts `bytes` under `path`, whole and durable or not at all. Errors: io_failed, out_of_space.
Result<void> write_whole_file(FileSystem& files, const std::string& path, BytesView bytes,
                              OpenMode mode = OpenMode::create_new);

/// As write_whole_file, for a file that must not be there without being durable: after a failure there is none of that
/// name. The system may tell of a failed sync of a directory only once, and a later sync succeed though the name is not
/// on the disk.
Result<void> write_new_file(FileSystem& files, const std::string& path, BytesView bytes,
                            OpenMode mode = OpenMode::create_new);

/// Removes the file if there is one.
Result<void> remove_if_there(FileSystem& files, const std::string& path);

}  // namespace eventstore::engine
