// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/delivery/delivery.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/delivery/schemas.lock>
};
static_assert(eventstore::check_lock<Delivery, locked>());

}  // namespace
}  // namespace domain
