// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/agent/agent.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/agent/schemas.lock>
};
static_assert(eventstore::check_lock<Agent, locked>());

}  // namespace
}  // namespace domain
