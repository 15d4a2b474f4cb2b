#include <eventstore/core/detail/guarded.hpp>
#include <eventstore/history/find_events.hpp>

#include <algorithm>
#include <memory>

#include "event_matcher.hpp"
#include "scan.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

using OnEvent = FunctionRef<Result<void>(const RecordedEvent&)>;

// The first position in `range` whose event was recorded at `time` or later; past the range where there is none.
Result<Position> first_recorded_at(const EventLog& log, PositionRange range, Timestamp time) {
  while (!range.is_empty()) {
    const Position middle{range.first.value + range.size() / 2};
    std::optional<Timestamp> recorded_at;
    const auto look = [&](const RecordedEvent& event) {
      recorded_at = event.recorded_at;
      return false;
    };
    EVENTSTORE_TRY(log.visit_all({middle, Direction::forward, 1, {}}, look));
    if (recorded_at && *recorded_at < time)
      range.first = middle.next();
    else
      range.last = Position{middle.value - 1};
  }
  return range.first;
}

// Where the log's own clock says when, positions say it too.
Result<PositionRange> wanted_positions(const EventLog& log, const EventQuery& query) {
  EVENTSTORE_TRY_ASSIGN(auto range, all_positions(log));
  if (query.by != EventClock::recorded) return range;
  if (query.from) {
    EVENTSTORE_TRY_ASSIGN(range.first, first_recorded_at(log, range, *query.from));
  }
  if (query.to) {
    EVENTSTORE_TRY_ASSIGN(const auto end, first_recorded_at(log, range, *query.to));
    range.last = Position{end.value - 1};
  }
  return range;
}

// Gives events until there are as many as are wanted.
class Giver {
 public:
  Giver(const EventQuery& query, OnEvent on_event) : limit_{query.limit}, on_event_{on_event} {}

  [[nodiscard]] std::uint64_t given() const { return given_; }
  [[nodiscard]] bool is_full() const { return given_ == limit_; }

  Result<void> give(const RecordedEvent& event) {
    EVENTSTORE_TRY(on_event_(event));
    ++given_;
    return {};
  }

  // The events at `positions`, in that order; neighbours in one visit. Whether more are wanted.
  Result<bool> give(const EventLog& log, const std::vector<Position>& positions, Direction direction) {
    for (std::size_t at = 0; at < positions.size() && !is_full();) {
      const auto count = std::min<std::uint64_t>(run_at(positions, at, direction), limit_ - given_);
      EVENTSTORE_TRY(give_run(log, positions[at], count, direction));
      at += count;
    }
    return !is_full();
  }

 private:
  static std::size_t run_at(const std::vector<Position>& positions, std::size_t at, Direction direction) {
    std::size_t count = 1;
    const auto follows = [&](Position before, Position after) {
      return direction == Direction::forward ? before.next() == after : after.next() == before;
    };
    while (at + count < positions.size() && follows(positions[at + count - 1], positions[at + count])) ++count;
    return count;
  }

  Result<void> give_run(const EventLog& log, Position first, std::uint64_t count, Direction direction) {
    const auto end = given_ + count;
    for (auto from = first; given_ < end;) {
      Result<void> given;
      const auto each = [&](const RecordedEvent& event) {
        given = give(event);
        return given.has_value();
      };
      EVENTSTORE_TRY_ASSIGN(const auto visited, log.visit_all({from, direction, end - given_, {}}, each));
      EVENTSTORE_TRY(std::move(given));
      from = Position{visited.next};
    }
    return {};
  }

  const std::uint64_t limit_;
  OnEvent on_event_;
  std::uint64_t given_ = 0;
};

// The first version that retention left; past the head where it left none.
Result<Version> first_kept(const EventLog& log, const StreamId& stream, Version head) {
  std::uint64_t first = 1;
  EVENTSTORE_TRY_ASSIGN(const auto dropped, log.dropped());
  if (dropped.last == Position{0}) return Version{first};
  for (auto end = head.value + 1; first < end;) {
    const auto middle = first + (end - first) / 2;
    auto visited =
        log.visit_stream(stream, {Version{middle}, Direction::forward, 1}, [](const RecordedEvent&) { return false; });
    if (!visited && visited.error().code != Errc::expired) return failure_of(visited);
    visited ? end = middle : first = middle + 1;
  }
  return Version{first};
}

Result<void> find_in_stream(const EventLog& log, const SchemaReader& schemas, const EventQuery& query, Giver& giver) {
  EVENTSTORE_TRY_ASSIGN(const auto head, log.head(*query.stream));
  if (head == Version{0}) return failure(Errc::not_found, "find", query.stream->text(), "no such stream");
  EVENTSTORE_TRY_ASSIGN(const auto first, first_kept(log, *query.stream, head));
  const TextSearch text{query.text};
  EventMatcher matcher{log, schemas, query, text};
  Result<void> taken;
  const auto take = [&](const RecordedEvent& event) {
    auto matches = matcher.matches(event);
    if (!matches)
      taken = failure_of(matches);
    else if (*matches)
      taken = giver.give(event);
    return taken && !giver.is_full();
  };
  const bool is_forward = query.direction == Direction::forward;
  ReadStream options{is_forward ? first : head, query.direction, no_limit};
  while (first <= options.from && options.from <= head) {
    EVENTSTORE_TRY_ASSIGN(const auto visited, log.visit_stream(*query.stream, options, take));
    EVENTSTORE_TRY(std::move(taken));
    if (visited.at_end || giver.is_full()) return {};
    options.from = Version{visited.next};
  }
  return {};
}

// What the threads of a scan find, each in the range that it is given.
class Finders {
 public:
  Finders(const EventLog& log, const SchemaReader& schemas, const EventQuery& query)
      : log_{log}, query_{query}, text_{query.text} {
    for (std::size_t place = 0; place < scan_places(); ++place) {
      matchers_.push_back(std::make_unique<EventMatcher>(log, schemas, query, text_));
      found_.emplace_back();
    }
  }

  Result<void> find(const PositionRange& range, std::size_t place) {
    auto& found = found_[place];
    found.clear();
    matchers_[place]->begin_range();
    Result<void> looked;
    const auto look = [&](const RecordedEvent& event) {
      auto matches = matchers_[place]->matches(event);
      if (!matches)
        looked = failure_of(matches);
      else if (*matches)
        found.push_back(event.position);
      return looked.has_value();
    };
    EVENTSTORE_TRY(visit_range(log_, range, query_.filter, look));
    if (query_.direction == Direction::backward) std::reverse(found.begin(), found.end());
    return looked;
  }

  [[nodiscard]] const std::vector<Position>& found(std::size_t place) const { return found_[place]; }

 private:
  const EventLog& log_;
  const EventQuery& query_;
  const TextSearch text_;
  std::vector<std::unique_ptr<EventMatcher>> matchers_;
  std::vector<std::vector<Position>> found_;
};

Result<void> find_in_log(const EventLog& log, const SchemaReader& schemas, const EventQuery& query, Giver& giver,
                         const OnScanned& on_scanned) {
  EVENTSTORE_TRY_ASSIGN(const auto range, wanted_positions(log, query));
  Finders finders{log, schemas, query};
  const auto find = [&](const PositionRange& part, std::size_t place) { return finders.find(part, place); };
  const auto give = [&](std::size_t places, std::uint64_t done) -> Result<bool> {
    if (on_scanned) on_scanned(done, range.size());
    bool goes_on = true;
    for (std::size_t place = 0; place < places && goes_on; ++place) {
      EVENTSTORE_TRY_ASSIGN(goes_on, giver.give(log, finders.found(place), query.direction));
    }
    return goes_on;
  };
  return scan(range, query.direction, {}, find, give);
}

}  // namespace

Result<std::uint64_t> find_events(const EventLog& log, const SchemaReader& schemas, const EventQuery& query,
                                  OnEvent on_event, const OnScanned& on_scanned) {
  return detail::guarded("find", {}, [&]() -> Result<std::uint64_t> {
    Giver giver{query, on_event};
    if (giver.is_full()) return giver.given();
    EVENTSTORE_TRY(query.stream ? find_in_stream(log, schemas, query, giver)
                                : find_in_log(log, schemas, query, giver, on_scanned));
    return giver.given();
  });
}

}  // namespace v1
}  // namespace eventstore
