#pragma once
// Private to this layer: the whole log gone through in ranges of positions, several at a time.
#include <eventstore/core/function_ref.hpp>
#include <eventstore/log/event_log.hpp>

namespace eventstore {
inline namespace v1 {

/// From `first` up to and with `last`; empty where last comes before first.
struct PositionRange {
  Position first{1};
  Position last{};

  [[nodiscard]] bool is_empty() const { return last < first; }
  [[nodiscard]] std::uint64_t size() const { return is_empty() ? 0 : last.value - first.value + 1; }
};

/// All positions that `log` still has. Errors: as EventLog::head and dropped.
Result<PositionRange> all_positions(const EventLog& log);

/// Visits the events in `range` that `filter` admits, in their order; false from the visitor ends it. Errors: as
/// EventLog::visit_all.
Result<void> visit_range(const EventLog& log, const PositionRange& range, const Filter& filter, Visitor visitor);

/// How large the ranges are: the first rounds are short, because their results may be enough.
struct RangeSizes {
  std::uint64_t first = 1024;
  std::uint64_t last = 65'536;
};

/// How many ranges are worked on at a time: one for each processor.
[[nodiscard]] std::size_t scan_places();

/// Calls `work(range, place)` for ranges that together are `whole`, in rounds: up to scan_places() ranges at a time,
/// each in a thread of its own, and `place` counts them from 0, in the order of `direction`. After each round
/// `on_round(places, done)` runs alone, in the calling thread, with the number of positions so far; false ends the
/// scan. Errors: of the first range of the round that has one, whose on_round does not run; of on_round; user_exception
/// and out_of_memory, for what they throw.
Result<void> scan(const PositionRange& whole, Direction direction, const RangeSizes& sizes,
                  FunctionRef<Result<void>(const PositionRange&, std::size_t)> work,
                  FunctionRef<Result<bool>(std::size_t, std::uint64_t)> on_round);

}  // namespace v1
}  // namespace eventstore
