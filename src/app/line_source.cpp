#include <eventstore/app/line_source.hpp>

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace eventstore::app {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 18U;
constexpr int gzip_window_bits = MAX_WBITS + 16;  // as zlib wants to be told

tl::unexpected<Error> system_error(Errc code, const std::string& path, int os_errno) {
  Error error{code, "read", path};
  error.os_errno = os_errno;
  return failure(std::move(error));
}

}  // namespace

// Bytes of a file, unpacked where they are gzip. zlib's own gzread() would do, but it gives nothing of the block in
// which it finds damage: up to two megabytes of good lines before it.
struct LineSource::Input {
  int descriptor = -1;
  std::int64_t size = -1;  // of the file as it lies on disk; -1 where it is not known
  std::int64_t taken = 0;  // of it so far
  std::string path;
  std::string packed = std::string(block_bytes, '\0');
  std::size_t packed_at = 0;
  std::size_t packed_end = 0;
  bool begun = false;
  bool is_gzip = false;
  bool within_member = false;  // of a gzip file, which is one or several of them
  z_stream stream{};
  std::optional<Error> damage{};  // behind the unpacked bytes; reported once they are taken

  Input() = default;
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;
  ~Input() {
    if (is_gzip) inflateEnd(&stream);
    if (descriptor >= 0) ::close(descriptor);
  }

  /// Reads more bytes behind the rest of `packed`; false at the end.
  Result<bool> take() {
    if (packed_at == packed_end) packed_at = packed_end = 0;
    ssize_t count = 0;
    do count = ::read(descriptor, packed.data() + packed_end, packed.size() - packed_end);
    while (count < 0 && errno == EINTR);
    if (count < 0) return system_error(Errc::io_failed, path, errno);
    packed_end += static_cast<std::size_t>(count);
    taken += count;
    return count > 0;
  }

  Result<void> begin() {
    bool more = true;
    while (more && packed_end < 2) {
      EVENTSTORE_TRY_ASSIGN(more, take());
    }
    begun = true;
    is_gzip = packed_end >= 2 && packed.compare(0, 2, "\x1f\x8b") == 0;
    if (is_gzip && inflateInit2(&stream, gzip_window_bits) != Z_OK) return failure(Errc::out_of_memory, "read", path);
    within_member = is_gzip;
    return {};
  }

  /// Fills `to` as far as one step goes; 0 at the end. Errors: invalid_argument, io_failed, out_of_memory.
  Result<std::size_t> read(char* to, std::size_t room) {
    if (!begun) EVENTSTORE_TRY(begin());
    while (true) {
      if (damage) return failure(*damage);
      bool more = true;
      if (packed_at == packed_end) {
        EVENTSTORE_TRY_ASSIGN(more, take());
      }
      if (!more && within_member)
        return failure(Errc::invalid_argument, "read", path,
                       "the gzip stream is cut off; the lines before the cut were read");
      if (!more) return std::size_t{0};
      if (!is_gzip) {
        const auto count = std::min(room, packed_end - packed_at);
        std::memcpy(to, packed.data() + packed_at, count);
        packed_at += count;
        return count;
      }
      EVENTSTORE_TRY_ASSIGN(const std::size_t count, unpack(to, room));
      if (count > 0) return count;
    }
  }

  Result<std::size_t> unpack(char* to, std::size_t room) {
    if (!within_member && packed[packed_at] == '\0') {  // filled up to a block by tape or disk
      ++packed_at;
      return std::size_t{0};
    }
    if (!within_member) inflateReset(&stream);
    within_member = true;
    stream.next_in = reinterpret_cast<Bytef*>(packed.data() + packed_at);
    stream.avail_in = static_cast<uInt>(packed_end - packed_at);
    stream.next_out = reinterpret_cast<Bytef*>(to);
    stream.avail_out = static_cast<uInt>(room);
    const int code = inflate(&stream, Z_NO_FLUSH);
    packed_at = packed_end - stream.avail_in;
    if (code == Z_STREAM_END) within_member = false;
    if (code == Z_MEM_ERROR) return failure(Errc::out_of_memory, "read", path);
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
      damage = Error{Errc::invalid_argument, "read", path,
                     fmt::format("the gzip stream is damaged: {}; the lines before the damage were read",
                                 stream.msg == nullptr ? "not deflate" : stream.msg)};
    return room - stream.avail_out;
  }
};

LineSource::LineSource(std::unique_ptr<Input> input) : input_{std::move(input)} {}
LineSource::~LineSource() = default;
LineSource::LineSource(LineSource&&) noexcept = default;

Result<LineSource> LineSource::open(const std::string& path) {
  return take(::open(path.c_str(), O_RDONLY | O_CLOEXEC), path);
}

Result<LineSource> LineSource::of(int descriptor, const std::string& name) { return take(dup(descriptor), name); }

Result<LineSource> LineSource::take(int descriptor, const std::string& name) {
  if (descriptor < 0) return system_error(errno == ENOENT ? Errc::not_found : Errc::io_failed, name, errno);
  struct stat facts {};
  auto input = std::make_unique<Input>();
  input->descriptor = descriptor;
  if (fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode)) input->size = facts.st_size;
  if (S_ISDIR(facts.st_mode)) return system_error(Errc::io_failed, name, EISDIR);
  input->path = name;
  return LineSource{std::move(input)};
}

bool LineSource::is(const std::string& path) const {
  struct stat ours {};
  struct stat theirs {};
  return fstat(input_->descriptor, &ours) == 0 && stat(path.c_str(), &theirs) == 0 && ours.st_dev == theirs.st_dev &&
         ours.st_ino == theirs.st_ino;
}

// Reads another block behind the rest; false at the end.
Result<bool> LineSource::fill() {
  buffer_.erase(0, at_);
  at_ = 0;
  if (buffer_.size() > line_bytes_max)
    return failure(Errc::too_large, "read", input_->path,
                   fmt::format("line {} is longer than {} bytes", line_number_ + 1, line_bytes_max));
  const auto kept = buffer_.size();
  buffer_.resize(kept + block_bytes);
  auto count = input_->read(buffer_.data() + kept, block_bytes);
  buffer_.resize(kept + (count ? *count : 0));
  if (!count) return failure_of(count);
  return *count > 0;
}

Result<std::optional<std::string_view>> LineSource::next() {
  std::size_t searched = at_;
  while (true) {
    if (const auto end = buffer_.find('\n', searched); end != std::string::npos) {
      std::string_view line{buffer_.data() + at_, end - at_};
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      at_ = end + 1;
      ++line_number_;
      return line;
    }
    if (at_end_) {
      if (at_ == buffer_.size()) return std::optional<std::string_view>{};
      const std::string_view line{buffer_.data() + at_, buffer_.size() - at_};
      at_ = buffer_.size();
      ++line_number_;
      return line;
    }
    searched = buffer_.size() - at_;
    EVENTSTORE_TRY_ASSIGN(const bool more, fill());
    at_end_ = !more;
  }
}

const std::string& LineSource::name() const { return input_->path; }

double LineSource::part_read() const {
  if (input_->size <= 0) return -1;
  return static_cast<double>(input_->taken) / static_cast<double>(input_->size);
}

}  // namespace eventstore::app
