#include "index_writer.hpp"

#include <algorithm>

#include "../files/whole_file.hpp"

namespace eventstore::engine {
namespace {

using format::index_alignment;
using format::index_block_bytes;
using format::IndexHeader;

class FileSink final : public IndexSink {
 public:
  explicit FileSink(File& file) : file_{file} {}
  Result<void> write(std::uint64_t offset, BytesView bytes) override { return write_all(file_, offset, bytes); }

 private:
  File& file_;
};

std::uint64_t aligned(std::uint64_t offset, std::uint64_t alignment) {
  return (offset + alignment - 1) / alignment * alignment;
}

Result<void> make_whole(FileSystem& files, const std::string& path,
                        const std::function<Result<void>(IndexSink&)>& fill) {
  EVENTSTORE_TRY_ASSIGN(auto whole, WholeFile::begin(files, path));
  FileSink sink{whole.file()};
  EVENTSTORE_TRY(fill(sink));
  return whole.finish();
}

}  // namespace

Result<void> MemorySink::write(std::uint64_t offset, BytesView bytes) {
  const auto end = static_cast<std::size_t>(offset) + bytes.size();
  if (bytes_.size() < end) bytes_.resize(end);
  std::copy(bytes.begin(), bytes.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(offset));
  return {};
}

Result<void> write_index_file(FileSystem& files, const std::string& path,
                              const std::function<Result<void>(IndexSink&)>& fill) {
  auto made = make_whole(files, path, fill);
  if (!made) static_cast<void>(files.remove(path + ".tmp"));
  return made;
}

Result<void> write_index_file(FileSystem& files, const std::string& path, BytesView bytes) {
  return write_index_file(files, path, [&](IndexSink& sink) { return sink.write(0, bytes); });
}

struct IndexWriter::Block {
  Bytes bytes;
  std::size_t missing = 0;  ///< bytes of sections that were not written yet
  explicit Block(std::size_t size) : bytes(size) {}
};

IndexWriter::IndexWriter(IndexSink& sink, const IndexIdentity& identity, IndexHeader header)
    : sink_{sink}, header_{header} {
  std::uint64_t at = sizeof(IndexHeader);
  for (std::size_t i = 0; i < format::index_sections_max; ++i) {
    auto& section = header_.sections[i];
    // An empty section has no place of its own, so it asks for none.
    section.offset = section.bytes == 0 ? at : aligned(at, index_alignment);
    at = aligned(section.offset + section.bytes, 8);
    cursors_[i] = {section.offset, section.offset + section.bytes, nullptr};
  }
  header_.store_id = identity.store_id;
  header_.first_segment = identity.first_segment;
  header_.last_segment = identity.last_segment;
  header_.generation = identity.generation;
  header_.end = identity.end;
  header_.last_checksum = identity.last_checksum;
  header_.is_finished = identity.is_finished ? 1 : 0;
  header_.content_end = at;
  checksums_.assign(static_cast<std::size_t>((at + index_block_bytes - 1) / index_block_bytes), 0);
  if (at == sizeof(IndexHeader)) checksums_.front() = format::checksum_of({});
}

IndexWriter::~IndexWriter() = default;

// The block's bytes begin with those of its first section: the header, in the first block, is written last.
IndexWriter::Block& IndexWriter::block_at(std::uint64_t number) {
  auto& found = blocks_[number];
  if (found) return *found;
  const auto begin = number == 0 ? sizeof(IndexHeader) : number * index_block_bytes;
  const auto end = std::min((number + 1) * index_block_bytes, header_.content_end);
  found = std::make_unique<Block>(static_cast<std::size_t>(end - begin));
  for (const auto& section : header_.sections) {
    const auto from = std::max(begin, section.offset);
    const auto to = std::min(end, section.offset + section.bytes);
    if (from < to) found->missing += static_cast<std::size_t>(to - from);
  }
  return *found;
}

Result<void> IndexWriter::write(std::size_t section, BytesView bytes) {
  auto& cursor = cursors_[section];
  if (bytes.size() > cursor.end - cursor.offset)
    return failure(Errc::corrupt_record, "write index", {}, "the inputs have more entries than they state");
  while (!bytes.empty()) {
    const auto number = cursor.offset / index_block_bytes;
    if (cursor.block == nullptr) cursor.block = &block_at(number);
    auto& block = *cursor.block;
    const auto begin = number == 0 ? sizeof(IndexHeader) : number * index_block_bytes;
    const auto at = static_cast<std::size_t>(cursor.offset - begin);
    const auto count = std::min(bytes.size(), block.bytes.size() - at);
    std::memcpy(block.bytes.data() + at, bytes.data(), count);
    bytes = bytes.subspan(count);
    cursor.offset += count;
    block.missing -= count;
    if (cursor.offset % index_block_bytes == 0) cursor.block = nullptr;
    if (block.missing == 0) EVENTSTORE_TRY(flush(number, block));
  }
  return {};
}

Result<void> IndexWriter::flush(std::uint64_t number, const Block& block) {
  const auto begin = number == 0 ? sizeof(IndexHeader) : number * index_block_bytes;
  checksums_[static_cast<std::size_t>(number)] = format::checksum_of(block.bytes);
  EVENTSTORE_TRY(sink_.write(begin, block.bytes));
  blocks_.erase(number);
  return {};
}

Result<void> IndexWriter::finish() {
  for (const auto& cursor : cursors_)
    if (cursor.offset != cursor.end)
      return failure(Errc::corrupt_record, "write index", {}, "the inputs have fewer entries than they state");
  const auto checksums = std::as_bytes(std::span{checksums_});
  header_.checksums_checksum = format::checksum_of(checksums);
  header_.checksum = format::header_checksum(header_);
  EVENTSTORE_TRY(sink_.write(header_.content_end, checksums));
  return sink_.write(0, format::bytes_of(header_));
}

}  // namespace eventstore::engine
