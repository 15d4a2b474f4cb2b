// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/calendar_event/calendar_event.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/calendar_event/schemas.lock>
};
static_assert(eventstore::check_lock<CalendarEvent, locked>());

}  // namespace
}  // namespace domain
