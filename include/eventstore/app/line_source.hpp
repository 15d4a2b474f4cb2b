#pragma once
// Lines of a file or of an open descriptor, plain or packed.
#include <eventstore/core/result.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace eventstore::app {

/// Whether a line is blank, and is passed over.
inline bool is_blank(std::string_view line) { return line.find_first_not_of(" \t") == std::string_view::npos; }

/// Reads one line after another, without its end (LF or CRLF), a byte order mark before the first, and a comma behind
/// its value. A file that begins with [ is a JSON array: each of its elements is a line, on whatever lines it stands.
/// gzip and zstd are unpacked. Threads: one at a time.
class LineSource {
 public:
  /// The longest line: the largest event, with room for its JSON.
  static constexpr std::size_t line_bytes_max = std::size_t{128} * 1024 * 1024;

  /// Errors: not_found, io_failed.
  static Result<LineSource> open(const std::string& path);
  /// From a descriptor that is open already, such as standard input; it is duplicated. `name` is for messages.
  /// Errors: io_failed.
  static Result<LineSource> of(int descriptor, const std::string& name);
  ~LineSource();
  LineSource(LineSource&&) noexcept;
  LineSource& operator=(LineSource&&) = delete;

  /// Calls `on_pause` once when the next line has not come for a tenth of a second, and lets `stop` end next() while it
  /// waits for bytes.
  void watch(std::function<Result<void>()> on_pause, std::stop_token stop);

  /// The next line; nothing at the end. Lifetime: until the next call.
  /// Errors: invalid_argument (a packed stream or an array that is cut off, or damaged), too_large, io_failed, stopped,
  /// those of `on_pause`.
  Result<std::optional<std::string_view>> next();

  /// Whether `path` names the file that is read.
  [[nodiscard]] bool is(const std::string& path) const;
  /// The path or the name that it was made with.
  [[nodiscard]] const std::string& name() const;
  /// The number of the line that next() gave last, from 1; of an array's element, that of the line on which it begins.
  [[nodiscard]] std::uint64_t line_number() const { return line_number_; }
  /// The part of the file that was read, 0 to 1; below 0 if its size is not known.
  [[nodiscard]] double part_read() const;

 private:
  static Result<LineSource> take(int descriptor, const std::string& name);
  explicit LineSource(std::unique_ptr<class InputBytes> input);
  Result<bool> fill();
  std::string_view take_bytes(std::size_t wanted, std::size_t passed);
  Result<void> begin();
  Result<std::optional<std::string_view>> next_line();
  Result<std::optional<std::string_view>> next_element();

  std::unique_ptr<class InputBytes> input_;
  std::string buffer_;
  std::size_t at_ = 0;  // of the next line in buffer_
  bool has_begun_ = false;
  bool at_end_ = false;
  bool is_array_ = false;
  std::uint64_t line_number_ = 0;
  std::uint64_t line_ends_ = 0;  // that were passed over in an array
};

}  // namespace eventstore::app
