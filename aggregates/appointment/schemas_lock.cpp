// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/appointment/appointment.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/appointment/schemas.lock>
};
static_assert(eventstore::check_lock<Appointment, locked>());

}  // namespace
}  // namespace domain
