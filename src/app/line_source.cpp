#include <eventstore/app/line_source.hpp>

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "input_bytes.hpp"

namespace eventstore::app {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view blanks = " \t\r\n";

bool is_one_of(char c, std::string_view any_of) { return any_of.find(c) != std::string_view::npos; }

std::string_view without_blanks_behind(std::string_view line) {
  return line.substr(0, line.find_last_not_of(blanks) + 1);
}

// Where one value ends in a text that is given in pieces.
class ValueEnd {
 public:
  /// Whether the value ends before `c`, or with it, which `includes_last` then says.
  bool ends_at(char c) {
    if (is_in_string_) {
      is_in_string_ = is_escaped_ || c != '"';
      is_escaped_ = !is_escaped_ && c == '\\';
      return false;
    }
    if (depth_ == 0 && is_one_of(c, ",] \t\r\n")) return true;
    is_in_string_ = c == '"';
    if (is_one_of(c, "{[")) ++depth_;
    includes_last = is_one_of(c, "}]") && --depth_ == 0;
    return includes_last;
  }

  [[nodiscard]] bool is_in_string() const { return is_in_string_; }

  bool includes_last = false;

 private:
  bool is_in_string_ = false;
  bool is_escaped_ = false;
  int depth_ = 0;
};

}  // namespace

LineSource::LineSource(std::unique_ptr<InputBytes> input) : input_{std::move(input)} {}
LineSource::~LineSource() = default;
LineSource::LineSource(LineSource&&) noexcept = default;

Result<LineSource> LineSource::open(const std::string& path) {
  return take(::open(path.c_str(), O_RDONLY | O_CLOEXEC), path);
}

Result<LineSource> LineSource::of(int descriptor, const std::string& name) { return take(dup(descriptor), name); }

Result<LineSource> LineSource::take(int descriptor, const std::string& name) {
  if (descriptor < 0) {
    Error error{errno == ENOENT ? Errc::not_found : Errc::io_failed, "read", name};
    error.os_errno = errno;
    return failure(std::move(error));
  }
  EVENTSTORE_TRY_ASSIGN(auto input, InputBytes::of(descriptor, name));
  return LineSource{std::move(input)};
}

void LineSource::watch(std::function<Result<void>()> on_pause, std::stop_token stop) {
  input_->watch(std::move(on_pause), std::move(stop));
}

bool LineSource::is(const std::string& path) const { return input_->is(path); }

const std::string& LineSource::name() const { return input_->path(); }

double LineSource::part_read() const { return input_->part_read(); }

// Reads another block behind the rest; false at the end.
Result<bool> LineSource::fill() {
  buffer_.erase(0, at_);
  at_ = 0;
  if (buffer_.size() > line_bytes_max)
    return failure(Errc::too_large, "read", name(),
                   fmt::format("line {} is longer than {} bytes", line_number_ + 1, line_bytes_max));
  const auto kept = buffer_.size();
  buffer_.resize(kept + block_bytes);
  auto count = input_->read(buffer_.data() + kept, block_bytes);
  buffer_.resize(kept + (count ? *count : 0));
  if (!count) return failure_of(count);
  at_end_ = *count == 0;
  return !at_end_;
}

// The next `wanted` bytes of the buffer, in which `passed` bytes are then behind it.
std::string_view LineSource::take_bytes(std::size_t wanted, std::size_t passed) {
  const std::string_view bytes{buffer_.data() + at_, wanted};
  at_ += passed;
  return bytes;
}

// Up to the first byte that says what the file is.
Result<void> LineSource::begin() {
  bool more = true;
  while (more && buffer_.size() < byte_order_mark.size()) {
    EVENTSTORE_TRY_ASSIGN(more, fill());
  }
  if (buffer_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
  auto first = buffer_.find_first_not_of(blanks, at_);
  while (more && first == std::string::npos) {
    EVENTSTORE_TRY_ASSIGN(more, fill());
    first = buffer_.find_first_not_of(blanks, at_);
  }
  has_begun_ = true;
  is_array_ = first != std::string::npos && buffer_[first] == '[';
  if (!is_array_) return {};
  line_ends_ = static_cast<std::uint64_t>(
      std::count(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(first), '\n'));
  at_ = first + 1;
  return {};
}

Result<std::optional<std::string_view>> LineSource::next() {
  if (!has_begun_) EVENTSTORE_TRY(begin());
  return is_array_ ? next_element() : next_line();
}

Result<std::optional<std::string_view>> LineSource::next_line() {
  std::size_t searched = at_;
  while (true) {
    auto end = buffer_.find('\n', searched);
    if (end == std::string::npos && !at_end_) {
      searched = buffer_.size() - at_;
      EVENTSTORE_TRY(fill());
      continue;
    }
    if (end == std::string::npos && at_ == buffer_.size()) return std::optional<std::string_view>{};
    end = std::min(end, buffer_.size());
    const auto line = without_blanks_behind(take_bytes(end - at_, std::min(end + 1, buffer_.size()) - at_));
    ++line_number_;
    return line.ends_with(',') ? without_blanks_behind(line.substr(0, line.size() - 1)) : line;
  }
}

Result<std::optional<std::string_view>> LineSource::next_element() {
  while (true) {
    const auto begin = buffer_.find_first_not_of(", \t\r\n", at_);
    const auto passed = std::min(begin, buffer_.size());
    line_ends_ += static_cast<std::uint64_t>(std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                        buffer_.begin() + static_cast<std::ptrdiff_t>(passed), '\n'));
    at_ = passed;
    if (begin != std::string::npos) break;
    EVENTSTORE_TRY_ASSIGN(const bool more, fill());
    if (!more)
      return failure(Errc::invalid_argument, "read", name(),
                     "the JSON array is cut off; the elements before the cut were read");
  }
  line_number_ = line_ends_ + 1;
  if (buffer_[at_] == ']') {  // what stands behind it is a line that is none
    ++at_;
    is_array_ = false;
    return next_line();
  }
  ValueEnd value;
  for (std::size_t length = 0;; ++length) {
    if (at_ + length == buffer_.size()) {
      EVENTSTORE_TRY_ASSIGN(const bool more, fill());
      if (!more) return take_bytes(length, length);
    }
    auto& c = buffer_[at_ + length];
    if (value.ends_at(c)) {
      const auto whole = value.includes_last ? length + 1 : length;
      return take_bytes(whole, whole);
    }
    if (c == '\n') ++line_ends_;
    if (!value.is_in_string() && is_one_of(c, "\r\n")) c = ' ';  // the element becomes one line
  }
}

}  // namespace eventstore::app
