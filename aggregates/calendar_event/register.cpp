#include <aggregates/aggregates.hpp>
#include <aggregates/calendar_event/calendar_event.hpp>
#include <source_hash/calendar_event.hpp>

namespace domain {

eventstore::AggregateType calendar_event_type() {
  return eventstore::aggregate<CalendarEvent>(source_hash::calendar_event);
}

}  // namespace domain
