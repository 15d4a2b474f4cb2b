#pragma once
// What event lines make of their streams: whom their personal fields are about, where the lines name nobody, and which
// unique values they claim and release.
#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/aggregate/claims.hpp>
#include <eventstore/schema/event_line.hpp>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace eventstore::app {

/// The states of the streams of one commit of lines, as the lines before have made them. Lifetime: borrows all that it
/// is made from, and the lines. Threads: one at a time.
class LineStates {
 public:
  LineStates(const EventLog& log, const SchemaReader& schemas, std::span<const AggregateType> aggregates)
      : log_{log}, schemas_{schemas}, aggregates_{aggregates}, claims_{log, schemas} {}

  struct Step {
    std::string subject{};  ///< empty: the stream's key
    std::vector<DuplicateValue> duplicates{};
  };
  /// Of the next line of its stream. A line that the log has already claims nothing. Errors: as load_state,
  /// AnyState::apply and Claims::take; not_found never. Cost: folds the stream at its first line, if its aggregate has
  /// a `subject` or unique values; for the latter, a search of a line without a version.
  Result<Step> next(const EventLine& line);

  /// The version that `stream` must still have at the commit, because claims rest on it; absent where none do.
  [[nodiscard]] std::optional<Version> read_at(const StreamId& stream) const;

  /// Adds the claims behind the lines. Lifetime: `writer` views this object. Errors: as EventWriter::add.
  Result<void> add_claims_to(EventWriter& writer) const;

  /// Whether a commit was refused because of another writer, in a way that it would not be again.
  [[nodiscard]] bool was_overtaken(const Error& error) const;

  /// Forgets the streams: others may have appended.
  void clear();

 private:
  struct Stream {
    const AggregateType* type;
    std::unique_ptr<AnyState> state;
    Version read_at;
    bool is_repeated = false;  // a line of it is in the log, so that the state is not the one before it
  };
  // The line from which the claims up to here follow.
  struct Cause {
    std::size_t claims_end;
    const EventLine* line;
  };

  [[nodiscard]] const AggregateType* type_of(const StreamId& stream) const;
  Result<Stream*> find(const AggregateType& type, const StreamId& stream);
  Result<bool> is_in_log(const Stream& stream, const EventLine& line) const;
  Result<void> claim(const Stream& stream, const EventLine& line, const AnyState& before, Step& step);

  const EventLog& log_;
  const SchemaReader& schemas_;
  std::span<const AggregateType> aggregates_;
  std::unordered_map<std::string, Stream> streams_;
  Claims claims_;
  std::vector<Cause> causes_;
};

/// How often a commit of lines is tried again when another writer was faster.
inline constexpr unsigned line_retries_max = 8;

}  // namespace eventstore::app
