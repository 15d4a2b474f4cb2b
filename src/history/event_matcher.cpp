#include "event_matcher.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

bool is_asked(const std::string& asked, const std::string& has) { return asked.empty() || asked == has; }

}  // namespace

Result<bool> EventMatcher::matches(const RecordedEvent& event) {
  // First, because it has to see each event.
  if (query_.backward_clocks) {
    EVENTSTORE_TRY_ASSIGN(const bool backward, runs_backward(event));
    if (!backward) return false;
  }
  if (!query_.filter.admits(event) || !is_in_time(event)) return false;
  EVENTSTORE_TRY_ASSIGN(const bool by_those, is_by_those(event));
  if (!by_those) return false;
  return data_.matches(event);
}

bool EventMatcher::is_in_time(const RecordedEvent& event) const {
  const auto time = query_.by == EventClock::created ? event.created_at : event.recorded_at;
  return (!query_.from || time >= *query_.from) && (!query_.to || time < *query_.to);
}

Result<bool> EventMatcher::is_by_those(const RecordedEvent& event) {
  if (query_.user_id.empty() && query_.correlation_id.empty() && query_.causation_id.empty()) return true;
  EVENTSTORE_TRY(metadata_into(event, metadata_));
  return is_asked(query_.user_id, metadata_.user_id) && is_asked(query_.correlation_id, metadata_.correlation_id) &&
         is_asked(query_.causation_id, metadata_.causation_id);
}

Result<bool> EventMatcher::runs_backward(const RecordedEvent& event) {
  auto& last = clocks_[std::string{event.stream}];
  const bool is_next = last.version.next() == event.version;
  std::optional<Timestamp> before;
  if (is_next && event.version != Version{1}) {
    before = last.created_at;
  } else if (event.version != Version{1}) {
    EVENTSTORE_TRY_ASSIGN(before, created_before(event));
  }
  last = {event.version, event.created_at};
  return before && event.created_at < *before;
}

Result<std::optional<Timestamp>> EventMatcher::created_before(const RecordedEvent& event) const {
  std::optional<Timestamp> created_at;
  const auto look = [&](const RecordedEvent& earlier) {
    created_at = earlier.created_at;
    return false;
  };
  const ReadStream options{Version{event.version.value - 1}, Direction::forward, 1};
  auto visited = log_.visit_stream(StreamId::trusted(std::string{event.stream}), options, look);
  if (!visited && visited.error().code != Errc::expired) return failure_of(visited);
  return created_at;
}

}  // namespace v1
}  // namespace eventstore
