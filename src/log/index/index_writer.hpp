#pragma once
// Writes an index file whose sections' sizes are known, each section from its beginning to its end, all side by side.
#include <eventstore/os/file_system.hpp>
#include <functional>
#include <map>

#include "index_format.hpp"

namespace eventstore::engine {

/// The destination of an index file's bytes, written in any order of offsets, each byte once.
class IndexSink {
 public:
  virtual ~IndexSink() = default;
  virtual Result<void> write(std::uint64_t offset, BytesView bytes) = 0;
};

class MemorySink final : public IndexSink {
 public:
  Result<void> write(std::uint64_t offset, BytesView bytes) override;
  void reserve(std::uint64_t bytes) { bytes_.reserve(static_cast<std::size_t>(bytes)); }
  [[nodiscard]] Bytes take() { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

/// Makes the file at `path` from the bytes that `fill` writes: under `path`.tmp, synced, renamed, and the directory is
/// synced, so that it is whole under its name. On an error the earlier file is still there or, if only the directory's
/// sync failed, the new file; the .tmp is removed as far as that succeeds. Errors: of `fill`; io_failed, out_of_space.
Result<void> write_index_file(FileSystem& files, const std::string& path,
                              const std::function<Result<void>(IndexSink&)>& fill);
/// The same from bytes that are whole already.
Result<void> write_index_file(FileSystem& files, const std::string& path, BytesView bytes);

/// Memory: a block for each section, and the checksums of the blocks.
class IndexWriter {
 public:
  /// `header` has the section sizes in `sections[].bytes` and the numbers; the writer fills in the rest.
  /// `sink` outlives the writer.
  IndexWriter(IndexSink& sink, const IndexIdentity& identity, format::IndexHeader header);
  ~IndexWriter();
  IndexWriter(const IndexWriter&) = delete;
  IndexWriter& operator=(const IndexWriter&) = delete;

  /// The contents of the header.
  [[nodiscard]] std::uint64_t file_bytes() const {
    return header_.content_end + checksums_.size() * sizeof(std::uint64_t);
  }

  /// Appends `bytes` to the section. Errors: the sink's; corrupt_record if the section is full, which happens when
  /// inputs contradict themselves.
  [[nodiscard]] Result<void> write(std::size_t section, BytesView bytes);
  template <class T> [[nodiscard]] Result<void> write_one(std::size_t section, const T& value) {
    return write(section, std::as_bytes(std::span{&value, 1}));
  }
  /// Writes the checksums and the header. Errors: the sink's; corrupt_record where a section is not full.
  [[nodiscard]] Result<void> finish();

 private:
  struct Block;
  struct Cursor {
    std::uint64_t offset = 0;
    std::uint64_t end = 0;
    Block* block = nullptr;  // the one that offset is in, once something was written to it
  };

  [[nodiscard]] Block& block_at(std::uint64_t number);
  [[nodiscard]] Result<void> flush(std::uint64_t number, const Block& block);

  IndexSink& sink_;
  format::IndexHeader header_;
  Cursor cursors_[format::index_sections_max];
  std::map<std::uint64_t, std::unique_ptr<Block>> blocks_;  // begun and not full
  std::vector<std::uint64_t> checksums_;
};

}  // namespace eventstore::engine
