// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/recording/recording.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/recording/schemas.lock>
};
static_assert(eventstore::check_lock<Recording, locked>());

}  // namespace
}  // namespace domain
