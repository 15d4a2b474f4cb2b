#pragma once
// Archived segments: each packed into one file, NUMBER.log.zst, that unpacks to the segment's file.
#include <eventstore/os/file_system.hpp>

struct ZSTD_DCtx_s;

namespace eventstore::engine {

/// Packs `segment` into `directory`/`name`, which is either whole under its name or missing. Gives its size.
/// Errors: io_failed, out_of_space. Throws bad_alloc.
Result<std::uint64_t> write_archive(FileSystem& files, const std::string& directory, const std::string& name,
                                    BytesView segment);

/// Unpacks an archive, from its beginning on. Threads: one at a time.
class ArchiveReader {
 public:
  /// Errors: not_found, corrupt_record, io_failed. Throws bad_alloc.
  static Result<ArchiveReader> open(FileSystem& files, const std::string& path);

  /// The size of the unpacked bytes, as the file states it.
  [[nodiscard]] std::uint64_t content_bytes() const { return content_bytes_; }
  /// Fills `into` with the next bytes. Errors: corrupt_record, also if there are fewer; io_failed.
  Result<void> read(std::span<std::byte> into);
  /// Checks that no byte is left, and that the content's checksum matches. Errors: corrupt_record.
  Result<void> finish();

 private:
  struct Free {
    void operator()(ZSTD_DCtx_s* context) const;
  };
  Result<bool> refill();
  Result<std::size_t> unpack(std::span<std::byte> into);
  [[nodiscard]] tl::unexpected<Error> damaged(std::string_view reason) const;

  std::string path_;
  std::unique_ptr<File> file_;
  std::unique_ptr<ZSTD_DCtx_s, Free> context_;
  Bytes packed_;
  std::size_t packed_at_ = 0;
  std::uint64_t offset_ = 0;  // in the file, behind the bytes in packed_
  std::uint64_t content_bytes_ = 0;
  bool is_ended_ = false;
};

/// Whether the archive unpacks to exactly `segment`. Errors: as those of ArchiveReader.
Result<bool> holds(FileSystem& files, const std::string& path, BytesView segment);

/// An unpacked segment in memory, as a file. Errors: as those of ArchiveReader.
/// Memory: all of it, as long as the file or a mapping of it is there.
Result<std::unique_ptr<File>> open_archived(FileSystem& files, const std::string& path);

}  // namespace eventstore::engine
