#include <eventstore/history/past_log.hpp>

#include <eventstore/core/detail/guarded.hpp>

#include <fmt/format.h>

#include "past_view.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

using View = std::unique_ptr<EventLog>;

tl::unexpected<Error> refuse(Errc code, std::string detail) {
  return failure(code, "look at the past", "", std::move(detail));
}

tl::unexpected<Error> nothing_as_old(Timestamp time, std::string_view which, std::optional<Timestamp> first) {
  return refuse(Errc::not_found, first ? fmt::format("no event was {} up to {}: the first one was at {}", which,
                                                     time.to_string(), first->to_string())
                                       : std::string{"the log has no events"});
}

Result<void> check_dropped(const DroppedEvents& dropped, const PastOptions& options) {
  if (dropped.last == Position{0} || options.without_dropped) return {};
  return refuse(Errc::expired,
                fmt::format("retention dropped the events up to position {}, so that what only they made would be "
                            "missing: use a backup that has them, or --without-dropped if it may be missing",
                            dropped.last.value));
}

tl::unexpected<Error> is_dropped(Position last) {
  return refuse(Errc::expired,
                fmt::format("retention dropped the events up to position {}: the earliest moment is that "
                            "of position {}",
                            last.value, last.value + 1));
}

View view_of(const EventLog& log, Position last) { return std::make_unique<PastView>(log, PastCut{last, {}, last}); }

Result<Timestamp> recorded_at(const EventLog& log, Position position) {
  EVENTSTORE_TRY_ASSIGN(const Page page, log.read_all({.from = position, .limit = 1}));
  if (page.events.empty()) return refuse(Errc::not_found, fmt::format("there is no position {}", position.value));
  return page.events.front().recorded_at;
}

// Times of recording never decrease with the position.
Result<View> up_to_recorded(const EventLog& log, Timestamp time, const DroppedEvents& dropped) {
  EVENTSTORE_TRY_ASSIGN(const Position head, log.head());
  Position there = dropped.last;
  for (auto not_there = head.next(); there.next() < not_there;) {
    const Position middle{there.value + (not_there.value - there.value) / 2};
    EVENTSTORE_TRY_ASSIGN(const Timestamp recorded, recorded_at(log, middle));
    (recorded <= time ? there : not_there) = middle;
  }
  if (there > dropped.last) return view_of(log, there);
  if (dropped.last != Position{0}) return is_dropped(dropped.last);
  if (head == Position{0}) return nothing_as_old(time, "recorded", {});
  EVENTSTORE_TRY_ASSIGN(const Timestamp first, recorded_at(log, Position{1}));
  return nothing_as_old(time, "recorded", first);
}

// The cut of each stream at its first event that was created later.
class CreatedCut {
 public:
  CreatedCut(const EventLog& log, Timestamp time, const std::stop_token& stop) : log_{log}, time_{time}, stop_{stop} {}

  // A stream with dropped events of later times, or of times that are not known, was another one at that time.
  Result<void> leave_out_dropped(Position dropped) {
    constexpr std::size_t streams_max = 1024;
    for (std::string after;;) {
      EVENTSTORE_TRY_ASSIGN(const auto streams, log_.streams("", after, streams_max));
      if (streams.empty()) return {};
      after = streams.back().stream;
      for (const auto& each : streams) {
        EVENTSTORE_TRY_ASSIGN(const auto kept, log_.kept_state(StreamId::trusted(each.stream)));
        const bool is_known = each.first > dropped || (kept && kept->latest_created_at <= time_);
        if (!is_known) cut_.ends.emplace(each.stream, Version{1});
      }
    }
  }
  Result<void> visit(Position after) {
    EVENTSTORE_TRY_ASSIGN(cut_.end, log_.head());
    bool goes_on = after < cut_.end;
    for (auto next = after.next(); goes_on;) {
      const auto look_at = [&](const RecordedEvent& event) {
        goes_on = event.position <= cut_.end && !stop_.stop_requested();
        if (goes_on) add(event);
        return goes_on;
      };
      EVENTSTORE_TRY_ASSIGN(const Visited visited, log_.visit_all({.from = next, .limit = no_limit}, look_at));
      next = Position{visited.next};
      goes_on = goes_on && !visited.at_end;
    }
    return stop_.stop_requested() ? refuse(Errc::stopped, "nothing was made") : Result<void>{};
  }
  [[nodiscard]] std::optional<Timestamp> first() const { return first_; }
  [[nodiscard]] PastCut take() && { return std::move(cut_); }
  [[nodiscard]] bool is_empty() const { return cut_.head == Position{0}; }

 private:
  void add(const RecordedEvent& event) {
    if (!first_ || event.created_at < *first_) first_ = event.created_at;
    const bool is_later = event.created_at > time_;
    const bool has_ended = (is_later || !cut_.ends.empty()) && cut_.ends.contains(event.stream);
    if (is_later && !has_ended) cut_.ends.emplace(event.stream, event.version);
    if (!is_later && !has_ended) cut_.head = event.position;
  }

  const EventLog& log_;
  const Timestamp time_;
  const std::stop_token& stop_;
  PastCut cut_{};
  std::optional<Timestamp> first_{};
};

Result<View> up_to_created(const EventLog& log, Timestamp time, const DroppedEvents& dropped,
                           const PastOptions& options) {
  CreatedCut cut{log, time, options.stop};
  if (dropped.last != Position{0}) EVENTSTORE_TRY(cut.leave_out_dropped(dropped.last));
  EVENTSTORE_TRY(cut.visit(dropped.last));
  if (cut.is_empty()) return nothing_as_old(time, "created", cut.first());
  return View{std::make_unique<PastView>(log, std::move(cut).take())};
}

}  // namespace

Result<View> past_log(const EventLog& log, Position last, const PastOptions& options) {
  return detail::guarded("look at the past", {}, [&]() -> Result<View> {
    if (last == Position{0}) return refuse(Errc::invalid_argument, "positions begin at 1");
    EVENTSTORE_TRY_ASSIGN(const Position head, log.head());
    if (last > head) return refuse(Errc::not_found, fmt::format("the log ends at position {}", head.value));
    EVENTSTORE_TRY_ASSIGN(const auto dropped, log.dropped());
    if (last <= dropped.last) return is_dropped(dropped.last);
    EVENTSTORE_TRY(check_dropped(dropped, options));
    return view_of(log, last);
  });
}

Result<View> past_log(const EventLog& log, const AtTime& at, const PastOptions& options) {
  return detail::guarded("look at the past", {}, [&]() -> Result<View> {
    EVENTSTORE_TRY_ASSIGN(const auto dropped, log.dropped());
    EVENTSTORE_TRY(check_dropped(dropped, options));
    return at.by == EventClock::recorded ? up_to_recorded(log, at.time, dropped)
                                         : up_to_created(log, at.time, dropped, options);
  });
}

}  // namespace v1
}  // namespace eventstore
