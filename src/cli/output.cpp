#include "output.hpp"

#include <unistd.h>

#include <cerrno>

#include "../terminal/style.hpp"
#include "../terminal/table.hpp"

namespace eventstore::cli {
namespace {

constexpr std::size_t table_rows_max = 500;  // a longer result is laid out in pieces, so that it appears as it comes
constexpr std::size_t buffer_bytes_max = 64 * 1024;

constexpr std::size_t table_width = 120;  // where there is no terminal

}  // namespace

Output::Output(Form form)
    : table_{form == Form::table || (form == Form::automatic && isatty(STDOUT_FILENO) == 1)},
      width_{terminal::terminal_width().value_or(table_width)} {}

Result<void> Output::write(std::string object) {
  if (table_) {
    rows_.push_back(std::move(object));
    return rows_.size() >= table_rows_max ? flush() : Result<void>{};
  }
  buffer_ += object;
  buffer_ += '\n';
  return buffer_.size() >= buffer_bytes_max ? flush() : Result<void>{};
}

Result<void> Output::write_text(std::string_view line) {
  if (!rows_.empty()) EVENTSTORE_TRY(flush());
  buffer_ += line;
  buffer_ += '\n';
  return buffer_.size() >= buffer_bytes_max ? flush() : Result<void>{};
}

Result<void> Output::flush() {
  if (!rows_.empty()) {
    buffer_ += terminal::table_of(rows_, width_);
    rows_.clear();
  }
  const auto written = put(buffer_);
  buffer_.clear();
  return written;
}

ExitCode Output::finish(const Result<void>& done) {
  const auto flushed = flush();
  if (!done && done.error().code != Errc::stopped) return report(done.error());
  if (nobody_reads_) return ExitCode::done;
  return cli::finish(done ? flushed : done);
}

Result<void> Output::put(std::string_view text) {
  while (!text.empty()) {
    const auto count = ::write(STDOUT_FILENO, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    nobody_reads_ = nobody_reads_ || (count < 0 && errno == EPIPE);
    if (nobody_reads_) return failure(Errc::stopped, "write", "standard output", "the reader has closed the pipe");
    if (count < 0) {
      Error error{Errc::io_failed, "write", "standard output"};
      error.os_errno = errno;
      return failure(std::move(error));
    }
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

}  // namespace eventstore::cli
