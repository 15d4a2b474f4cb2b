#pragma once
// The store that a backup copies. It is read as readers in other processes do, never locked and never changed.
#include "../files/commit_reader.hpp"
#include "../files/store_files.hpp"
#include "backup_manifest.hpp"

namespace eventstore::engine {

class BackupSource {
 public:
  /// Errors: not_found; corrupt_record and newer_format, by the store's manifest; io_failed.
  static Result<BackupSource> open(FileSystem& files, const std::string& directory);
  /// Finds the end up to which readers may read now; the members below use this end. Errors: corrupt_record, if proven
  /// history is damaged at the end; newer_format; io_failed.
  Result<void> find_end();

  [[nodiscard]] const StoreFiles& store() const { return store_; }
  [[nodiscard]] const format::ManifestBytes& manifest() const { return manifest_; }
  /// The end of the copy: a boundary between commits.
  [[nodiscard]] format::Location end() const { return end_; }
  [[nodiscard]] bool has_segment(std::uint32_t number) const;
  /// The offset up to which a segment is copied.
  [[nodiscard]] Result<std::uint64_t> limit_of(const Segment& segment) const;
  [[nodiscard]] Result<std::shared_ptr<Segment>> open_segment(std::uint32_t number) const;

  /// Whether this store's history begins with the history of `previous`, and continues it without a gap. Errors:
  /// invalid_argument, with the reason, if it does not; corrupt_record, if damage hides the answer.
  [[nodiscard]] Result<void> check_continues(const BackupManifest& previous) const;

 private:
  BackupSource(FileSystem& files, const std::string& directory) : store_{files, directory} {}

  [[nodiscard]] Result<bool> holds_last_commit(const CopiedFile& last) const;
  [[nodiscard]] tl::unexpected<Error> refused(const std::string& reason) const;

  StoreFiles store_;
  format::ManifestBytes manifest_;
  std::vector<std::uint32_t> numbers_;
  format::Location end_;
};

}  // namespace eventstore::engine
