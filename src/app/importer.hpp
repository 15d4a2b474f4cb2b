#pragma once
// Private to app: appends event lines in batches, each line as if it came alone.
#include <eventstore/app/import.hpp>
#include <eventstore/schema/event_line.hpp>
#include <functional>
#include <unordered_map>
#include <unordered_set>

#include "line_steps.hpp"

namespace eventstore::app {

/// A line on its way into the log.
struct NumberedLine {
  std::uint64_t number;
  std::string text;  ///< kept only if refused lines are written to a file
  EventLine line;
};

/// Threads: one at a time.
class Importer {
 public:
  /// Called for a refused line. Errors: end the import with them.
  using OnRefused = std::function<Result<void>(const NumberedLine& line, const Error& error)>;
  /// Called when lines up to `number` are in the log, durable as the store promises.
  using OnAppended = std::function<void(std::uint64_t number, Position position)>;
  /// Called for each value of an appended line that another stream has.
  using OnDuplicate = std::function<void(const DuplicateInLine& duplicate)>;

  /// The largest number of lines in one commit; many bytes make it smaller.
  static constexpr std::size_t batch_lines_max = 1000;
  static constexpr std::size_t batch_bytes_max = std::size_t{16} * 1024 * 1024;

  /// `aggregates` outlive the importer. `former_ids` as for EventLineReader.
  Importer(EventLog& log, std::span<const AggregateType> aggregates, FormerIds former_ids, ImportCounts& counts,
           OnRefused on_refused, OnAppended on_appended, OnDuplicate on_duplicate);

  /// Takes a line; it may be appended later. Errors: those of on_refused, and errors of the log, such as io_failed.
  Result<void> add(NumberedLine line);
  /// Appends the lines that were taken.
  Result<void> flush();

 private:
  [[nodiscard]] bool fits(const EventLine& line) const;
  Result<void> append_one(NumberedLine& line);
  Result<Receipt> append(std::span<NumberedLine> lines);
  Result<Receipt> try_append(std::span<NumberedLine> lines);

  EventLog& log_;
  SchemaReader schemas_{log_};
  LineStates states_;
  const FormerIds former_ids_;
  ImportCounts& counts_;
  OnRefused on_refused_;
  OnAppended on_appended_;
  OnDuplicate on_duplicate_;
  std::vector<DuplicateInLine> duplicates_;  // of the commit that is tried
  std::vector<NumberedLine> batch_;
  std::size_t batch_bytes_ = 0;
  std::unordered_map<std::string, std::optional<Version>> batch_heads_;  // by stream: the claim of its last line
  std::unordered_set<EventId> batch_ids_;
  std::unordered_set<std::string> unclaimed_;
};

}  // namespace eventstore::app
