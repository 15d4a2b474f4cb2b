#pragma once
// Appends event lines from a file to the log, each line as if it came alone.
#include <eventstore/app/duplicate_in_line.hpp>
#include <eventstore/app/line_source.hpp>
#include <eventstore/app/model.hpp>
#include <eventstore/app/progress.hpp>
#include <fstream>

namespace eventstore::app {

EVENTSTORE_ENUM(ImportDurability, every_commit, interval, on_close);

struct Import {
  EVENTSTORE_FIELDS(
      Import, (std::string, file, , help("File of event lines, plain or gzip; - reads standard input")),
      (std::string, on_error, "stop",
       help("Treatment of a refused line: stop ends the import, skip passes over the line, and any other word names a "
            "file for refused lines")),
      (bool, raw, false, help("Keep event types that this program does not know, with their data as JSON")),
      (std::string, zone, "",
       help("Zone of times that name none: a name like Europe/Berlin, or an offset like +01:00")),
      (bool, report, false, help("Print a line for each commit")),
      (ImportDurability, durability, ImportDurability::on_close,
       help("When lines are durable: after every commit, after an interval, or when the import closes the store")),
      (std::string, from, "",
       help(
           "Kind of another system's documents, as mongoexport prints them, that the file has in place of event lines; "
           "an unknown kind lists those that there are")),
      (std::string, organization_id, "default", help("Organization of lines and documents that name none")));
};

struct ImportCounts {
  EVENTSTORE_FIELDS(ImportCounts, (std::uint64_t, read), (std::uint64_t, appended), (std::uint64_t, already_there),
                    (std::uint64_t, refused), (std::uint64_t, unclaimed), (std::optional<std::uint64_t>, duplicates),
                    (std::optional<bool>, projected), (std::optional<std::uint64_t>, documents),
                    (std::optional<std::uint64_t>, left_out));
};

/// The number of the last line up to which all lines of the file are in the log, durable as the store promises.
struct ImportedTo {
  EVENTSTORE_FIELDS(ImportedTo, (std::uint64_t, line), (std::uint64_t, position));
};

/// The file for lines that are refused, or none. Lines are flushed one by one, so that a reported line is in the file.
class RefusedLines {
 public:
  /// `on_error` as in Import. The first refused line replaces the lines of an earlier import in the file.
  /// Errors: invalid_argument, where the file is the one that `source` reads; io_failed.
  static Result<RefusedLines> open(const std::string& on_error, const LineSource& source);

  [[nodiscard]] bool stops() const { return stops_; }
  [[nodiscard]] bool keeps_text() const { return !path_.empty(); }
  /// Errors: io_failed, where the line cannot be kept.
  Result<void> keep(std::string_view text);

 private:
  RefusedLines(bool stops, std::string path) : stops_{stops}, path_{std::move(path)} {}

  bool stops_;
  std::string path_;  // empty where refused lines are not kept
  std::ofstream file_;
};

/// The callbacks of an import; each may be empty.
struct ImportWatch {
  std::function<void(const Error&)> on_refused{};  ///< a line was passed over; Error::where has its number
  std::function<void(const ImportedTo&)> on_appended{};
  std::function<void(const DuplicateInLine&)> on_duplicate{};
  /// Part of the document on that line is in no event; the sentence says which.
  std::function<void(std::uint64_t line, const std::string& sentence)> on_left_out{};
  OnProgress on_progress{};
  std::stop_token stop{};  ///< ends the import between two lines, or while it waits for one
};

/// Appends the lines of `source`, in batches; what was read whole at once when no more comes for a tenth of a second.
/// `counts` is right whatever ends the import: `read` is the sum of the three numbers after it, and `unclaimed` counts
/// streams with a line that claims no version, `duplicates` counts unique values that another stream has, absent where
/// there are none, and `projected` is that of the last commit. What the lines make unique is claimed with them; lines
/// of claims themselves are passed over and not counted, because they follow from the other lines. Lines before the one
/// that ends the import are in the log. With `from`, each line of the source is a document, and the numbers count the
/// events that it becomes; a document that is refused before it becomes some counts as one. `documents` and `left_out`
/// count documents and calls of on_left_out. Errors: those of a refused line if `refused` stops at it; as
/// LineSource::next and EventLog::append; as find_converter; stopped; invalid_argument for the zone and the
/// organization.
Result<void> import(EventLog& log, const Model& model, const Import& parameters, LineSource& source,
                    RefusedLines& refused, ImportCounts& counts, const ImportWatch& watch = {});

}  // namespace eventstore::app
