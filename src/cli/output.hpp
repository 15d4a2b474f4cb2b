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
  /// Text for a person as it is, without a line end: what is laid out already, and neither a table nor JSON.
  Result<void> write_text(std::string_view line);
  /// Whether results are laid out for a person.
  [[nodiscard]] bool is_for_people() const { return table_; }
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
