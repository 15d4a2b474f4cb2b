#pragma once
// The files of one backup: docs/operate/backup.md. Segments stand where a store has them, so StoreFiles opens them.
#include <optional>

#include "../files/store_files.hpp"
#include "backup_manifest.hpp"

namespace eventstore::engine {

class BackupDirectory {
 public:
  BackupDirectory(FileSystem& files, const std::string& directory) : store_{files, directory} {}

  [[nodiscard]] const StoreFiles& store() const { return store_; }
  [[nodiscard]] FileSystem& files() const { return store_.files(); }
  [[nodiscard]] std::string segments() const { return store_.path("segments"); }

  /// Makes the directory where it is missing and takes its lock, for as long as the file given is open.
  /// Errors: locked, naming the holder; invalid_argument, if the directory holds other files than a backup.
  [[nodiscard]] Result<std::unique_ptr<File>> begin() const;

  /// Absent if no backup was ever completed. Errors: corrupt_record, newer_format.
  [[nodiscard]] Result<std::optional<BackupManifest>> read_manifest() const;
  /// Errors: not_found, saying why there is none; as read_manifest.
  [[nodiscard]] Result<BackupManifest> existing_manifest() const;
  [[nodiscard]] Result<void> replace_manifest(const BackupManifest& manifest) const;

  /// The mark of a running backup. It stays if the run is cut off.
  [[nodiscard]] Result<bool> is_in_progress() const;
  [[nodiscard]] Result<void> mark_in_progress() const;
  [[nodiscard]] Result<void> clear_in_progress() const;
  /// Removes half-made files.
  [[nodiscard]] Result<void> remove_leftovers() const;

 private:
  [[nodiscard]] Result<void> check_purpose() const;

  StoreFiles store_;
};

/// "<16 hexadecimal digits>.log", ".seal", ".expired", ".expired.tbl" or ".expired.states".
std::string name_of(CopyKind kind, std::uint32_t number);

}  // namespace eventstore::engine
