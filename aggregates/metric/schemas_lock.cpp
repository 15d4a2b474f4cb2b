// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/metric/metric.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/metric/schemas.lock>
};
static_assert(eventstore::check_lock<Metric, locked>());

}  // namespace
}  // namespace domain
