#include "unpacker.hpp"

#include <zlib.h>
#include <zstd.h>

namespace eventstore::app {
namespace {

constexpr int gzip_window_bits = MAX_WBITS + 16;  // as zlib wants to be told

tl::unexpected<Error> out_of_memory() { return failure(Errc::out_of_memory, "unpack", ""); }

class Gzip final : public Unpacker {
 public:
  Gzip() : Unpacker{"gzip"}, is_ready_{inflateInit2(&stream_, gzip_window_bits) == Z_OK} {}
  ~Gzip() override { inflateEnd(&stream_); }

  Result<Step> unpack(std::string_view packed, char* to, std::size_t room) override {
    if (!is_ready_) return out_of_memory();
    if (!is_within_member_ && packed.front() == '\0') return Step{1, 0};  // filled up to a block by tape or disk
    if (!is_within_member_) inflateReset(&stream_);
    is_within_member_ = true;
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(room);
    const int code = inflate(&stream_, Z_NO_FLUSH);
    Step step{packed.size() - stream_.avail_in, room - stream_.avail_out};
    if (code == Z_STREAM_END) is_within_member_ = false;
    if (code == Z_MEM_ERROR) return out_of_memory();
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
      step.damage = stream_.msg == nullptr ? "not deflate" : stream_.msg;
    return step;
  }

 private:
  z_stream stream_{};
  bool is_ready_;
};

class Zstd final : public Unpacker {
 public:
  Zstd() : Unpacker{"zstd"}, context_{ZSTD_createDCtx()} {
    // As large a window as the zstd program takes with its option --long=31, by which logs are packed.
    if (context_ != nullptr) ZSTD_DCtx_setParameter(context_, ZSTD_d_windowLogMax, 31);
  }
  ~Zstd() override { ZSTD_freeDCtx(context_); }

  Result<Step> unpack(std::string_view packed, char* to, std::size_t room) override {
    if (context_ == nullptr) return out_of_memory();
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    ZSTD_outBuffer out{to, room, 0};
    const auto left = ZSTD_decompressStream(context_, &out, &in);
    const bool is_damaged = ZSTD_isError(left) != 0;
    is_within_member_ = left != 0;
    return Step{in.pos, out.pos, is_damaged ? ZSTD_getErrorName(left) : ""};
  }

 private:
  ZSTD_DCtx* context_;
};

}  // namespace

Result<std::unique_ptr<Unpacker>> Unpacker::of(std::string_view first_bytes) {
  std::unique_ptr<Unpacker> made;
  if (first_bytes.starts_with("\x1f\x8b")) made = std::make_unique<Gzip>();
  if (first_bytes.starts_with("\x28\xb5\x2f\xfd")) made = std::make_unique<Zstd>();
  return made;
}

}  // namespace eventstore::app
