// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/call/call.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/call/schemas.lock>
};
static_assert(eventstore::check_lock<Call, locked>());

}  // namespace
}  // namespace domain
