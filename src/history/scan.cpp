#include "scan.hpp"

#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/os/detail/threads.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

using Work = FunctionRef<Result<void>(const PositionRange&, std::size_t)>;

// Takes a range of `size` positions from the end of `rest` where the scan begins.
PositionRange take(PositionRange& rest, Direction direction, std::uint64_t size) {
  auto taken = rest;
  const auto count = std::min(size, rest.size());
  if (direction == Direction::forward) {
    taken.last = Position{rest.first.value + count - 1};
    rest.first = taken.last.next();
  } else {
    taken.first = Position{rest.last.value - count + 1};
    rest.last = Position{taken.first.value - 1};
  }
  return taken;
}

Result<void> run_round(const std::vector<PositionRange>& ranges, Work work) {
  std::vector<Result<void>> results(ranges.size());
  const auto run = [&](std::size_t place) {
    results[place] = detail::guarded("read", {}, [&] { return work(ranges[place], place); });
  };
  {
    std::vector<Thread> threads;
    for (std::size_t place = 1; place < ranges.size(); ++place) threads.emplace_back([&run, place] { run(place); });
    run(0);
  }
  for (auto& result : results) EVENTSTORE_TRY(std::move(result));
  return {};
}

}  // namespace

Result<PositionRange> all_positions(const EventLog& log) {
  EVENTSTORE_TRY_ASSIGN(const auto head, log.head());
  EVENTSTORE_TRY_ASSIGN(const auto dropped, log.dropped());
  return PositionRange{dropped.last.next(), head};
}

Result<void> visit_range(const EventLog& log, const PositionRange& range, const Filter& filter, Visitor visitor) {
  bool goes_on = true;
  for (auto from = range.first; goes_on && from <= range.last;) {
    const auto visit = [&](const RecordedEvent& event) {
      goes_on = event.position <= range.last && visitor(event);
      return goes_on && event.position < range.last;
    };
    EVENTSTORE_TRY_ASSIGN(const auto visited, log.visit_all({from, Direction::forward, no_limit, filter}, visit));
    if (visited.at_end) return {};
    from = Position{visited.next};
  }
  return {};
}

std::size_t scan_places() { return std::max(1U, hardware_threads()); }

Result<void> scan(const PositionRange& whole, Direction direction, const RangeSizes& sizes, Work work,
                  FunctionRef<Result<bool>(std::size_t, std::uint64_t)> on_round) {
  return detail::guarded("read", {}, [&]() -> Result<void> {
    auto size = sizes.first;
    std::vector<PositionRange> ranges;
    for (auto rest = whole; !rest.is_empty();) {
      ranges.clear();
      while (ranges.size() < scan_places() && !rest.is_empty()) ranges.push_back(take(rest, direction, size));
      EVENTSTORE_TRY(run_round(ranges, work));
      EVENTSTORE_TRY_ASSIGN(const bool goes_on, on_round(ranges.size(), whole.size() - rest.size()));
      if (!goes_on) return {};
      size = std::min(size * 2, sizes.last);
    }
    return {};
  });
}

}  // namespace v1
}  // namespace eventstore
