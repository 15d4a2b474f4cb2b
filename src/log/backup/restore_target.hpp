#pragma once
// The directory in which a store is made from a backup. Until its manifest is there, it is no store.
#include <optional>

#include "../files/writer_lock.hpp"

namespace eventstore::engine {

class RestoreTarget {
 public:
  /// Makes the directory, marks it, and takes the writer's lock. Removes the half-made files of an earlier restore.
  /// Errors: invalid_argument, if the directory has other files; locked.
  static Result<RestoreTarget> begin(FileSystem& files, const std::string& directory);

  [[nodiscard]] FileSystem& files() const { return store_.files(); }
  [[nodiscard]] const std::string& directory() const { return store_.directory(); }
  [[nodiscard]] std::string segments() const { return store_.path("segments"); }
  /// Writes the store's manifest, which makes it a store, and takes the mark away.
  Result<void> finish(const format::ManifestBytes& manifest);

 private:
  RestoreTarget(FileSystem& files, const std::string& directory) : store_{files, directory} {}
  [[nodiscard]] Result<void> check_unused() const;

  StoreFiles store_;
  std::optional<WriterLock> lock_;
};

}  // namespace eventstore::engine
