#pragma once
// Private to the command line: results on standard output, JSON lines for programs and tables for people.
#include <string>
#include <string_view>
#include <vector>
#include "report.hpp"
#include "store.hpp"

namespace eventstore::cli {

/// Threads: one at a time. The destructor writes the rest.
class Output {
 public:
  explicit Output(Form form);
  ~Output() { (void)flush(); }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  /// One result, a JSON object without a line end. Errors: stopped, once the reader has closed the pipe.
  Result<void> write(std::string object);
  Result<void> flush();
  /// Ends the command: writes the rest. A reader that has closed the pipe (`| head`) is no failure.
  [[nodiscard]] ExitCode finish(const Result<void>& done);

 private:
  Result<void> put(std::string_view text);

  bool table_;
  std::size_t width_;
  std::vector<std::string> rows_;  // of the table being gathered
  std::string buffer_;
  bool nobody_reads_ = false;
};

}  // namespace eventstore::cli
