#pragma once
// The files of one store: their names, and how each is made so that it is whole under its name or not there.
#include <eventstore/log/file_log.hpp>

#include "blocks.hpp"

namespace eventstore::inline v1 {

/// A segment file, mapped as far as it may ever grow.
class Segment final : public Block {
 public:
  Segment(std::shared_ptr<Mapping> mapping, std::unique_ptr<File> file, std::string path)
      : Block{mapping->data()}, mapping_{std::move(mapping)}, file_{std::move(file)}, path_{std::move(path)} {}

  [[nodiscard]] format::SegmentHeader header() const { return format::load<format::SegmentHeader>(data()); }
  [[nodiscard]] File& file() const { return *file_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::shared_ptr<Mapping> mapping_;
  std::unique_ptr<File> file_;
  std::string path_;
};

class StoreFiles {
 public:
  StoreFiles(FileSystem& files, std::string directory) : files_{files}, directory_{std::move(directory)} {}

  [[nodiscard]] FileSystem& files() const { return files_; }
  [[nodiscard]] const std::string& directory() const { return directory_; }
  [[nodiscard]] std::string path(std::string_view name) const { return directory_ + "/" + std::string{name}; }
  [[nodiscard]] std::string segment_path(std::uint32_t number) const;

  /// Takes the writer's lock for as long as the file given is open. Errors: locked, naming the holder.
  [[nodiscard]] Result<std::unique_ptr<File>> lock() const;

  /// Errors: not_found, corrupt_record, newer_format.
  [[nodiscard]] Result<format::ManifestBytes> read_manifest() const;
  /// Makes an empty store; the manifest comes last, so that a store that has one is whole.
  [[nodiscard]] Result<format::ManifestBytes> create(const Uuid& store_id, Timestamp now,
                                                     std::size_t segment_bytes_max) const;

  /// The numbers of the segments, in order.
  [[nodiscard]] Result<std::vector<std::uint32_t>> segment_numbers() const;
  /// Removes what was left half made.
  [[nodiscard]] Result<void> remove_leftovers() const;
  /// Errors: not_found; corrupt_record and newer_format, by the segment's header.
  [[nodiscard]] Result<std::shared_ptr<Segment>> open_segment(std::uint32_t number, const Uuid& store_id,
                                                              OpenMode mode) const;
  [[nodiscard]] Result<void> create_segment(format::SegmentHeader header) const;

 private:
  [[nodiscard]] Result<void> check_unused() const;
  [[nodiscard]] Result<void> write_whole(const std::string& path, const std::string& directory, BytesView bytes) const;

  FileSystem& files_;
  std::string directory_;
};

}  // namespace eventstore::inline v1
