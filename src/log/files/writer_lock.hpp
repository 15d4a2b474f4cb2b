#pragma once
// The lock that keeps a second writer away from a store.
#include "store_files.hpp"

namespace eventstore::engine {

/// Two files are locked. `manifest` is the file without which there is no store. `lock` names the process for people,
/// and keeps earlier versions of this library away, which lock nothing else; it may be deleted at any time.
///
/// Threads: one at a time. Lifetime: the locks are given back when this object is gone.
class WriterLock {
 public:
  /// Takes the lock of a store, or of a directory in which there is none yet. Errors: locked, naming the process that
  /// has it, if that is known.
  static Result<WriterLock> take(const StoreFiles& store);
  /// The file `manifest`; null where there is none yet.
  [[nodiscard]] File* manifest() const { return manifest_.get(); }
  /// Takes the lock of the manifest, which was made since. Errors: locked.
  Result<void> take_manifest(const StoreFiles& store);
  /// Makes and locks `lock` again if it was deleted or replaced. Fails where another process has it by now, which
  /// `manifest` keeps from writing.
  Result<void> restore(const StoreFiles& store);

 private:
  explicit WriterLock(std::unique_ptr<File> lock) : lock_{std::move(lock)} {}

  std::unique_ptr<File> lock_;
  std::unique_ptr<File> manifest_;
};

}  // namespace eventstore::engine
