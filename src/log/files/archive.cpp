#include "archive.hpp"

#include <zstd.h>

#include <algorithm>
#include <cstring>

#include "../bytes/format.hpp"
#include "copy_file.hpp"

namespace eventstore::engine {
namespace {

constexpr std::size_t piece_bytes = std::size_t{1} << 18;

struct FreeCompressor {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

tl::unexpected<Error> failed_to_pack(const std::string& name, std::size_t code) {
  return failure(Errc::io_failed, "archive", name, ZSTD_getErrorName(code));
}

class MemoryMapping final : public Mapping {
 public:
  explicit MemoryMapping(std::unique_ptr<std::byte[]> bytes, std::size_t size)
      : Mapping{bytes.get(), size}, bytes_{std::move(bytes)} {}

 private:
  std::unique_ptr<std::byte[]> bytes_;
};

class UnpackedFile final : public File {
 public:
  UnpackedFile(std::shared_ptr<Mapping> content, std::string path)
      : content_{std::move(content)}, path_{std::move(path)} {}

  Result<std::size_t> read_some(std::uint64_t offset, std::span<std::byte> into) override {
    if (offset >= content_->size()) return 0;
    const auto count = std::min<std::size_t>(into.size(), content_->size() - static_cast<std::size_t>(offset));
    std::memcpy(into.data(), content_->data() + offset, count);
    return count;
  }
  Result<std::size_t> write_some(std::uint64_t, BytesView) override { return refused(); }
  Result<void> sync_data() override { return refused(); }
  Result<std::uint64_t> size() override { return content_->size(); }
  Result<std::shared_ptr<Mapping>> map(std::size_t, MapMode mode) override {
    if (mode == MapMode::read_write) return refused();
    return content_;
  }
  Result<bool> try_lock() override { return refused(); }

 private:
  [[nodiscard]] tl::unexpected<Error> refused() const {
    return failure(Errc::read_only, "write", path_, "an archived segment does not change");
  }

  std::shared_ptr<Mapping> content_;
  std::string path_;
};

}  // namespace

Result<std::uint64_t> write_archive(FileSystem& files, const std::string& directory, const std::string& name,
                                    BytesView segment) {
  const std::unique_ptr<ZSTD_CCtx, FreeCompressor> context{ZSTD_createCCtx()};
  if (!context) throw std::bad_alloc{};
  for (const auto code : {ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1),
                          ZSTD_CCtx_setPledgedSrcSize(context.get(), segment.size())})
    if (ZSTD_isError(code) != 0) return failed_to_pack(name, code);
  EVENTSTORE_TRY_ASSIGN(auto file, CopyFile::begin(files, directory, name));
  Bytes packed(piece_bytes);
  ZSTD_inBuffer in{segment.data(), segment.size(), 0};
  for (std::size_t left = 1; left != 0;) {
    ZSTD_outBuffer out{packed.data(), packed.size(), 0};
    left = ZSTD_compressStream2(context.get(), &out, &in, ZSTD_e_end);
    if (ZSTD_isError(left) != 0) return failed_to_pack(name, left);
    EVENTSTORE_TRY(file.add(BytesView{packed}.first(out.pos)));
  }
  EVENTSTORE_TRY(file.finish());
  return file.bytes();
}

void ArchiveReader::Free::operator()(ZSTD_DCtx_s* context) const { ZSTD_freeDCtx(context); }

tl::unexpected<Error> ArchiveReader::damaged(std::string_view reason) const {
  return failure(Errc::corrupt_record, "unpack", path_, std::string{reason} + ": restore a backup");
}

Result<ArchiveReader> ArchiveReader::open(FileSystem& files, const std::string& path) {
  ArchiveReader reader;
  reader.path_ = path;
  EVENTSTORE_TRY_ASSIGN(reader.file_, files.open(path, OpenMode::read));
  reader.context_.reset(ZSTD_createDCtx());
  if (!reader.context_) throw std::bad_alloc{};
  EVENTSTORE_TRY(reader.refill());
  const auto content = ZSTD_getFrameContentSize(reader.packed_.data(), reader.packed_.size());
  if (content == ZSTD_CONTENTSIZE_UNKNOWN || content == ZSTD_CONTENTSIZE_ERROR)
    return reader.damaged("not an archived segment");
  reader.content_bytes_ = content;
  return reader;
}

// False at the end of the file. One read of a file may give less than the header of a frame.
Result<bool> ArchiveReader::refill() {
  packed_.resize(piece_bytes);
  packed_at_ = 0;
  std::size_t got = 0;
  while (got < packed_.size()) {
    EVENTSTORE_TRY_ASSIGN(const auto more, file_->read_some(offset_ + got, std::span{packed_}.subspan(got)));
    if (more == 0) break;
    got += more;
  }
  packed_.resize(got);
  offset_ += got;
  return got > 0;
}

Result<std::size_t> ArchiveReader::unpack(std::span<std::byte> into) {
  ZSTD_outBuffer out{into.data(), into.size(), 0};
  while (!is_ended_) {
    if (packed_at_ == packed_.size()) {
      EVENTSTORE_TRY_ASSIGN(const bool has_more, refill());
      if (!has_more) return damaged("the file is cut off");
    }
    ZSTD_inBuffer in{packed_.data(), packed_.size(), packed_at_};
    const auto code = ZSTD_decompressStream(context_.get(), &out, &in);
    if (ZSTD_isError(code) != 0) return damaged(ZSTD_getErrorName(code));
    packed_at_ = in.pos;
    is_ended_ = code == 0;
    if (out.pos == out.size) break;
  }
  return out.pos;
}

Result<void> ArchiveReader::read(std::span<std::byte> into) {
  if (into.empty()) return {};
  EVENTSTORE_TRY_ASSIGN(const auto got, unpack(into));
  return got == into.size() ? Result<void>{} : damaged("it has fewer bytes than it states");
}

Result<void> ArchiveReader::finish() {
  std::byte extra{};
  EVENTSTORE_TRY_ASSIGN(const auto got, unpack({&extra, 1}));
  if (got > 0) return damaged("it has more bytes than it states");
  if (packed_at_ < packed_.size()) return damaged("bytes follow the packed segment");
  EVENTSTORE_TRY_ASSIGN(const bool has_more, refill());
  return has_more ? damaged("bytes follow the packed segment") : Result<void>{};
}

Result<bool> holds(FileSystem& files, const std::string& path, BytesView segment) {
  EVENTSTORE_TRY_ASSIGN(auto reader, ArchiveReader::open(files, path));
  if (reader.content_bytes() != segment.size()) return false;
  Bytes piece(std::min(piece_bytes, segment.size()));
  for (std::size_t at = 0; at < segment.size();) {
    const auto next = std::span{piece}.first(std::min(piece.size(), segment.size() - at));
    EVENTSTORE_TRY(reader.read(next));
    if (std::memcmp(next.data(), segment.data() + at, next.size()) != 0) return false;
    at += next.size();
  }
  EVENTSTORE_TRY(reader.finish());
  return true;
}

Result<std::unique_ptr<File>> open_archived(FileSystem& files, const std::string& path) {
  using format::SegmentHeader;
  EVENTSTORE_TRY_ASSIGN(auto reader, ArchiveReader::open(files, path));
  const auto damaged = [&](std::string reason) {
    return failure(Errc::corrupt_record, "unpack", path, std::move(reason) + ": restore a backup");
  };
  const auto size = reader.content_bytes();
  SegmentHeader header;
  if (size < sizeof header) return damaged("it is too small for a segment");
  EVENTSTORE_TRY(reader.read(std::as_writable_bytes(std::span{&header, 1})));
  // Before anything is allocated for a size that is only claimed.
  if (header.checksum != format::header_checksum(header) || size > header.capacity ||
      header.capacity >= std::uint64_t{1} << 32)
    return damaged("it does not begin as a segment of its size");
  auto bytes = std::make_unique_for_overwrite<std::byte[]>(static_cast<std::size_t>(size));
  std::memcpy(bytes.get(), &header, sizeof header);
  EVENTSTORE_TRY(reader.read({bytes.get() + sizeof header, static_cast<std::size_t>(size) - sizeof header}));
  EVENTSTORE_TRY(reader.finish());
  auto content = std::make_shared<MemoryMapping>(std::move(bytes), static_cast<std::size_t>(size));
  return std::unique_ptr<File>{std::make_unique<UnpackedFile>(std::move(content), path)};
}

}  // namespace eventstore::engine
