#include "index_file.hpp"

namespace eventstore::engine {
namespace {

using format::index_block_bytes;
using format::IndexHeader;

IndexIdentity identity_in(const IndexHeader& header) {
  IndexIdentity identity;
  identity.store_id = header.store_id;
  identity.first_segment = header.first_segment;
  identity.last_segment = header.last_segment;
  identity.generation = header.generation;
  identity.end = header.end;
  identity.last_checksum = header.last_checksum;
  identity.is_finished = header.is_finished != 0;
  return identity;
}

std::size_t blocks_in(std::uint64_t content_end) {
  return static_cast<std::size_t>((content_end + index_block_bytes - 1) / index_block_bytes);
}

}  // namespace

Result<IndexFile> IndexFile::open(FileSystem& files, const std::string& path, std::uint64_t magic) {
  EVENTSTORE_TRY_ASSIGN(const auto file, files.open(path, OpenMode::read));
  EVENTSTORE_TRY_ASSIGN(const auto size, file->size());
  IndexFile opened;
  opened.path_ = path;
  if (size < sizeof(IndexHeader)) return opened.damaged("the header is cut off");
  EVENTSTORE_TRY_ASSIGN(opened.mapping_, file->map(static_cast<std::size_t>(size), MapMode::read));
  opened.bytes_ = {opened.mapping_->data(), static_cast<std::size_t>(size)};
  opened.mapping_->expect_scattered_reads();
  return checked(std::move(opened), magic);
}

Result<IndexFile> IndexFile::of(Bytes bytes, std::string path, std::uint64_t magic) {
  IndexFile opened;
  opened.path_ = std::move(path);
  opened.owned_ = std::move(bytes);
  opened.bytes_ = opened.owned_;
  if (opened.bytes_.size() < sizeof(IndexHeader)) return opened.damaged("the header is cut off");
  return checked(std::move(opened), magic);
}

Result<IndexFile> IndexFile::checked(IndexFile file, std::uint64_t magic) {
  auto& header = file.header_;
  header = format::load<IndexHeader>(file.bytes_.data());
  if (header.magic != magic) return file.damaged("not an index of this kind");
  const auto newer = [&] {
    return failure(Errc::newer_format, "open", file.path_,
                   "written by a newer version of eventstore: use that version");
  };
  // Before the checksum: a newer version may compute it in another way.
  const auto newest = magic == format::table_magic ? format::seeded_table_version : format::index_version;
  if (header.format_version > newest) return newer();
  if (header.checksum != format::header_checksum(header)) return file.damaged("the header's checksum does not match");
  if (header.must_understand != 0) return newer();
  EVENTSTORE_TRY(file.check_layout());
  const auto blocks = blocks_in(header.content_end);
  file.read_ahead(header.content_end, file.bytes_.size());
  const auto checksums = file.bytes_.subspan(static_cast<std::size_t>(header.content_end));
  if (checksums.size() != blocks * sizeof(std::uint64_t) || format::checksum_of(checksums) != header.checksums_checksum)
    return file.damaged("the checksums of its blocks are damaged");
  file.identity_ = identity_in(header);
  file.verified_ = std::make_unique<std::atomic<std::uint64_t>[]>((blocks + 63) / 64);
  return file;
}

Result<void> IndexFile::check_layout() const {
  const auto end = header_.content_end;
  if (end < sizeof(IndexHeader) || end > bytes_.size() || end % 8 != 0) return damaged("it is cut off");
  std::uint64_t at = sizeof(IndexHeader);
  for (const auto& section : header_.sections) {
    if (section.offset < at || section.offset > end || section.bytes > end - section.offset || section.offset % 8 != 0)
      return damaged("its sections are not one after another");
    at = section.offset + section.bytes;
  }
  return {};
}

Result<void> IndexFile::verify_block(std::size_t block) const {
  const auto begin = block == 0 ? sizeof(IndexHeader) : block * index_block_bytes;
  const auto end =
      std::min<std::size_t>((block + 1) * index_block_bytes, static_cast<std::size_t>(header_.content_end));
  std::uint64_t stated = 0;
  std::memcpy(&stated, bytes_.data() + header_.content_end + block * sizeof stated, sizeof stated);
  if (format::checksum_of(bytes_.subspan(begin, end - begin)) != stated)
    return damaged("the checksum of the block at " + std::to_string(block * index_block_bytes) + " does not match");
  verified_[block / 64].fetch_or(std::uint64_t{1} << block % 64, std::memory_order_relaxed);
  return {};
}

// What is not verified yet, from the first block to the last one.
Result<void> IndexFile::verify_blocks(std::size_t first, std::size_t last) const {
  // Pages that the disk can no longer read are zeros, whatever was verified before.
  const bool is_trusted = !has_failed();
  const auto is_verified = [&](std::size_t block) {
    return is_trusted && (verified_[block / 64].load(std::memory_order_relaxed) >> block % 64 & 1) != 0;
  };
  while (first <= last && is_verified(first)) ++first;
  if (first > last) return {};
  read_ahead(first * index_block_bytes, std::min<std::uint64_t>((last + 1) * index_block_bytes, header_.content_end));
  for (auto block = first; block <= last; ++block)
    if (!is_verified(block)) EVENTSTORE_TRY(verify_block(block));
  return {};
}

void IndexFile::read_ahead(std::uint64_t begin, std::uint64_t end) const {
  if (mapping_ != nullptr && begin < end)
    mapping_->read_ahead(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

Result<void> IndexFile::verify_all() const {
  read_ahead(0, bytes_.size());
  for (std::size_t block = 0; block < blocks_in(header_.content_end); ++block) EVENTSTORE_TRY(verify_block(block));
  return {};
}

tl::unexpected<Error> IndexFile::damaged(std::string reason) const {
  return failure(Errc::corrupt_record, "read index", path_, std::move(reason));
}

}  // namespace eventstore::engine
