#include "event_delivery.hpp"

namespace eventstore::inline v1 {

using format::Location;

Delivered deliver(const View& view, std::span<const Location> locations, Visitor visitor) {
  // Events of a stream stand far apart: waiting for the memory of each in turn would take most of the time.
  for (const auto location : locations)
    if (location != Location{}) view.prefetch(location);
  for (const auto location : locations) {
    if (location == Location{}) break;
    if (const auto* const record = view.known_record(location))
      __builtin_prefetch(record - format::load<format::RecordPrefix>(record).commit_distance);
  }
  Delivered delivered;
  for (const auto location : locations) {
    if (location == Location{}) {
      delivered.error = view.damages->first().value_or(Error{Errc::corrupt_record, "read", {}, "the event is missing"});
      return delivered;
    }
    const auto* record = view.known_record(location);
    if (record == nullptr) {
      auto checked = view.record(location);
      if (!checked) {
        delivered.error = std::move(checked.error());
        return delivered;
      }
      record = *checked;
    }
    ++delivered.count;
    if (!visitor(format::event_at(record))) {
      delivered.is_stopped = true;
      return delivered;
    }
  }
  return delivered;
}

}  // namespace eventstore::inline v1
