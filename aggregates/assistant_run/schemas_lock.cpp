// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/assistant_run/assistant_run.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/assistant_run/schemas.lock>
};
static_assert(eventstore::check_lock<AssistantRun, locked>());

}  // namespace
}  // namespace domain
