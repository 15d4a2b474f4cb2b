#pragma once
// The files of one store: their names, and functions that make each file so that it is either whole under its name or
// missing.
#include <eventstore/os/file_system.hpp>

#include "kept_open.hpp"
#include "segment.hpp"

namespace eventstore::engine {

class StoreFiles {
 public:
  StoreFiles(FileSystem& files, std::string directory, std::size_t maps_most = ~std::size_t{0})
      : files_{files}, directory_{std::move(directory)}, kept_{std::make_shared<KeptOpen>(maps_most)} {}

  [[nodiscard]] FileSystem& files() const { return files_; }
  [[nodiscard]] const std::string& directory() const { return directory_; }
  [[nodiscard]] const std::shared_ptr<KeptOpen>& kept() const { return kept_; }
  [[nodiscard]] std::string path(std::string_view name) const { return directory_ + "/" + std::string{name}; }
  [[nodiscard]] std::string segment_path(std::uint32_t number) const;
  [[nodiscard]] std::string index_path(std::uint32_t number) const;
  [[nodiscard]] std::string seal_path(std::uint32_t number) const;
  [[nodiscard]] std::string table_path(std::uint32_t first, std::uint32_t last) const;

  /// Errors: not_found, corrupt_record, newer_format.
  [[nodiscard]] Result<format::ManifestBytes> read_manifest() const;
  [[nodiscard]] Result<format::ManifestBytes> read_manifest(File& file) const;
  /// Makes an empty store; the manifest comes last, so that a store that has one is whole.
  [[nodiscard]] Result<format::ManifestBytes> create(const Uuid& store_id, Timestamp now,
                                                     std::size_t segment_bytes_max) const;

  /// Syncs the names that lead to the directory: the process that made it may have ended before it did so.
  [[nodiscard]] Result<void> sync_directories_above() const;

  /// Syncs the names of the store's files: a process that ended between giving a name and syncing it has left one that
  /// a power cut would take, with all that was written under it since.
  [[nodiscard]] Result<void> sync_names() const;

  [[nodiscard]] std::string archive_directory() const { return path("archive"); }
  [[nodiscard]] std::string archive_path(std::uint32_t number) const;

  /// The numbers of the files that have the name of a segment, archived ones too, in order. A name proves nothing:
  /// list_segments.
  [[nodiscard]] Result<std::vector<std::uint32_t>> segment_numbers() const;
  /// The files among the segments, and among the archives, whose names end as theirs do and name no segment.
  [[nodiscard]] Result<std::vector<std::string>> misnamed_segments() const;
  /// Removes half-made files.
  [[nodiscard]] Result<void> remove_leftovers() const;
  /// Puts the file `name` of the store in its own place, so that it is on the disk whatever earlier syncs told.
  [[nodiscard]] Result<void> write_again(std::string_view name) const;
  /// Removes the remaining files of the segments up to `last`, which `expired` names, and older statements.
  /// `is_just_stated`: this process has written `expired`; otherwise it is written again before anything is removed.
  /// Errors: those of the files; a later call removes the remaining files.
  [[nodiscard]] Result<void> remove_expired(std::uint32_t last, bool is_just_stated) const;
  /// The header of a segment, archived or not. Errors: as map_segment.
  [[nodiscard]] Result<format::SegmentHeader> read_segment_header(std::uint32_t number, const Uuid& store_id) const;
  /// Errors: not_found; expired; corrupt_record and newer_format, by the segment's header.
  [[nodiscard]] Result<MappedSegment> map_segment(std::uint32_t number, const Uuid& store_id, OpenMode mode) const;
  /// As map_segment, as a block.
  [[nodiscard]] Result<std::shared_ptr<Segment>> open_segment(std::uint32_t number, const Uuid& store_id,
                                                              OpenMode mode) const;
  [[nodiscard]] Result<void> create_segment(format::SegmentHeader header) const;

 private:
  [[nodiscard]] Result<void> check_unused() const;
  [[nodiscard]] Result<std::unique_ptr<File>> open_log(std::uint32_t number, const Uuid& store_id, OpenMode mode) const;

  FileSystem& files_;
  std::string directory_;
  std::shared_ptr<KeptOpen> kept_;
};

}  // namespace eventstore::engine
