#pragma once
// Private to this layer: the events that belong to a trace.
#include <eventstore/history/trace.hpp>
#include <map>
#include <set>
#include <vector>
#include "trace_index.hpp"

namespace eventstore {
inline namespace v1 {

/// By position.
using TraceEvents = std::map<Position, TraceNode>;

/// Gathers them, each once, with the first relation that it has. Threads: one at a time.
class TraceGatherer {
 public:
  TraceGatherer(const EventLog& log, const TraceIndex& index, std::size_t events_max)
      : log_{log}, index_{index}, events_max_{events_max} {}

  /// Errors: not_found; as EventLog::visit_all.
  Result<void> gather(const EventId& id, const std::optional<StreamId>& stream);

  [[nodiscard]] TraceEvents& events() { return events_; }
  [[nodiscard]] std::uint64_t left_out() const { return left_out_.size(); }
  /// Whether an event with this id is in the log.
  Result<bool> has(const Uuid& id) const;

 private:
  using IsWanted = FunctionRef<bool(const TraceNode&)>;
  using Neighbours = FunctionRef<Result<std::vector<Position>>(const TraceNode&, TraceRelation)>;

  Result<TraceNode> read(Position position) const;
  // Those at `positions` that are wanted become events of the trace; gives those that are in it now.
  Result<std::vector<Position>> add(const std::vector<Position>& positions, TraceRelation relation, IsWanted is_wanted);
  Result<void> add_asked(const EventId& id, const std::optional<StreamId>& stream);
  Result<std::vector<Position>> add_causes_of(const TraceNode& node, TraceRelation relation);
  Result<std::vector<Position>> add_effects_of(const TraceNode& node, TraceRelation relation);
  // From the asked events to neighbours, and on to theirs.
  Result<void> follow(TraceRelation relation, Neighbours neighbours);
  Result<void> add_correlated();

  const EventLog& log_;
  const TraceIndex& index_;
  const std::size_t events_max_;
  TraceEvents events_;
  std::set<Position> left_out_;
  std::vector<Position> asked_;
};

}  // namespace v1
}  // namespace eventstore
