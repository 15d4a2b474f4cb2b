#pragma once
// Private to the use cases: a file of SQLite that is made beside its place and comes there when it is done, or is gone.
#include <eventstore/app/store.hpp>
#include <optional>
#include <string>

namespace eventstore::app {

/// Removes the file, and what SQLite puts beside it, unless it was kept. Threads: one at a time. Lifetime: borrows the
/// file system.
class ScratchFile {
 public:
  /// A file that becomes `path`, which must not exist. Nothing is made yet. Errors: invalid_argument, where it does; as
  /// look_at_place.
  static Result<ScratchFile> beside(const Store& store, const std::string& path);
  /// A file in a directory of its own for temporary files, which nobody else may read: $TMPDIR, or /tmp. Errors:
  /// io_failed.
  static Result<ScratchFile> temporary(const Store& store);
  ScratchFile(ScratchFile&& other) noexcept;
  ScratchFile& operator=(ScratchFile&&) = delete;
  ~ScratchFile();

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Puts the file, which is closed, in its place, and returns when that is on the disk. Errors: invalid_argument,
  /// where there is a file now; as FileSystem::rename.
  Result<void> keep();

 private:
  ScratchFile(FileSystem& files, std::string path, std::string target, std::string directory)
      : files_{&files}, path_{std::move(path)}, target_{std::move(target)}, directory_{std::move(directory)} {}
  void remove();

  FileSystem* files_;  // null: it was kept, or moved away
  std::string path_;
  std::string target_;     // empty: it is temporary
  std::string directory_;  // of its own; empty: none
};

}  // namespace eventstore::app
