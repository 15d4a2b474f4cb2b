#include <eventstore/app/import.hpp>

namespace eventstore::app {

Result<RefusedLines> RefusedLines::open(const std::string& on_error, const LineSource& source) {
  if (on_error == "stop" || on_error == "skip") return RefusedLines{on_error == "stop", ""};
  if (source.is(on_error))
    return failure(Errc::invalid_argument, "import", on_error,
                   "refused lines cannot be written to the file that is read: name another file");
  // Opening for appending changes nothing: the lines of an earlier import are removed only when the first refused line
  // replaces them.
  if (!std::ofstream{on_error, std::ios::binary | std::ios::app})
    return failure(Errc::io_failed, "open", on_error,
                   "this file for refused lines cannot be opened: name another file");
  return RefusedLines{false, on_error};
}

Result<void> RefusedLines::keep(std::string_view text) {
  if (!file_.is_open()) file_.open(path_, std::ios::binary | std::ios::trunc);
  file_ << text << '\n' << std::flush;
  if (!file_) return failure(Errc::io_failed, "import", path_, "a refused line cannot be written to this file");
  return {};
}

}  // namespace eventstore::app
