#pragma once
// Lines of a file or of an open descriptor, plain or gzip.
#include <eventstore/core/result.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace eventstore::app {

/// Whether a line is blank, and is passed over.
inline bool is_blank(std::string_view line) { return line.find_first_not_of(" \t") == std::string_view::npos; }

/// Threads: one at a time.
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

  /// The next line, without its end; nothing at the end. Lifetime: until the next call.
  /// Errors: invalid_argument (a gzip stream that is cut off or damaged), too_large, io_failed.
  Result<std::optional<std::string_view>> next();

  /// Whether `path` names the file that is read.
  [[nodiscard]] bool is(const std::string& path) const;
  /// The path or the name that it was made with.
  [[nodiscard]] const std::string& name() const;
  /// The number of the line that next() gave last, from 1.
  [[nodiscard]] std::uint64_t line_number() const { return line_number_; }
  /// The part of the file that was read, 0 to 1; below 0 if its size is not known.
  [[nodiscard]] double part_read() const;

 private:
  struct Input;
  static Result<LineSource> take(int descriptor, const std::string& name);
  explicit LineSource(std::unique_ptr<Input> input);
  Result<bool> fill();

  std::unique_ptr<Input> input_;
  std::string buffer_;
  std::size_t at_ = 0;  // of the next line in buffer_
  bool at_end_ = false;
  std::uint64_t line_number_ = 0;
};

}  // namespace eventstore::app
