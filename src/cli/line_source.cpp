#include "line_source.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>

namespace eventstore::inline v1::cli {
namespace {

constexpr unsigned block_bytes = 1U << 20U;

tl::unexpected<Error> system_error(Errc code, const std::string& path, int os_errno) {
  Error error{code, "read", path};
  error.os_errno = os_errno;
  return failure(std::move(error));
}

}  // namespace

struct LineSource::Input {
  gzFile file = nullptr;
  std::int64_t size = -1;  // of the file as it lies on disk; -1 where it is not known
  Input() = default;
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;
  ~Input() {
    if (file != nullptr) gzclose_r(file);
  }
};

LineSource::LineSource(std::unique_ptr<Input> input, std::string path) : input_{std::move(input)}, path_{std::move(path)} {}
LineSource::~LineSource() = default;
LineSource::LineSource(LineSource&&) noexcept = default;

Result<LineSource> LineSource::open(const std::string& path) {
  const bool standard_input = path == "-";
  const int descriptor = standard_input ? dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return system_error(errno == ENOENT ? Errc::not_found : Errc::io_failed, path, errno);
  struct stat facts{};
  auto input = std::make_unique<Input>();
  if (fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode)) input->size = facts.st_size;
  input->file = gzdopen(descriptor, "rb");  // reads what is not gzip as it is
  if (input->file == nullptr) {
    ::close(descriptor);
    return failure(Errc::out_of_memory, "read", path);
  }
  gzbuffer(input->file, block_bytes);
  return LineSource{std::move(input), standard_input ? "standard input" : path};
}

// Reads another block behind what is left; false at the end.
Result<bool> LineSource::fill() {
  buffer_.erase(0, at_);
  at_ = 0;
  if (buffer_.size() > line_bytes_max)
    return failure(Errc::too_large, "read", path_, fmt::format("line {} is longer than {} bytes", line_number_ + 1, line_bytes_max));
  const auto kept = buffer_.size();
  buffer_.resize(kept + block_bytes);
  errno = 0;
  const int count = gzread(input_->file, buffer_.data() + kept, block_bytes);
  buffer_.resize(kept + static_cast<std::size_t>(count > 0 ? count : 0));
  if (count > 0) return true;  // what could be unpacked comes first, the error with the next call
  int code = Z_OK;
  const char* const message = gzerror(input_->file, &code);
  if (count < 0 && code == Z_ERRNO) return system_error(Errc::io_failed, path_, errno);
  if (code == Z_BUF_ERROR)
    return failure(Errc::invalid_argument, "read", path_, "the gzip stream is cut off; everything before was read");
  if (count < 0) return failure(Errc::invalid_argument, "read", path_, fmt::format("the gzip stream is damaged: {}", message));
  return false;
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

double LineSource::part_read() const {
  if (input_->size <= 0) return -1;
  return static_cast<double>(gzoffset(input_->file)) / static_cast<double>(input_->size);
}

}  // namespace eventstore::inline v1::cli
