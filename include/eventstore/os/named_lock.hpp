#pragma once
// A lock between processes: a file with the name of the process that has it, for people.
#include <eventstore/os/file_system.hpp>
#include <memory>
#include <optional>
#include <string>

namespace eventstore {
inline namespace v1 {

/// The lock is of the open file, so the system gives it back when the process ends, however it ends. The file stays; it
/// may be deleted at any time. Threads: one at a time. Lifetime: the lock is given back when this object is gone.
class NamedLock {
 public:
  /// Takes the lock of the file `path`, which is made if it is missing; absent where another one has it. Errors: as
  /// FileSystem::open and File::try_lock.
  static Result<std::optional<NamedLock>> try_take(FileSystem& files, const std::string& path);

  /// The name of the process that has the lock, like "4711@host"; empty: none has it. Errors: as FileSystem::open.
  static Result<std::string> holder(FileSystem& files, const std::string& path);

 private:
  explicit NamedLock(std::unique_ptr<File> file) : file_{std::move(file)} {}

  std::unique_ptr<File> file_;
};

}  // namespace v1
}  // namespace eventstore
