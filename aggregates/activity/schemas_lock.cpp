// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/activity/activity.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/activity/schemas.lock>
};
static_assert(eventstore::check_lock<Activity, locked>());

}  // namespace
}  // namespace domain
