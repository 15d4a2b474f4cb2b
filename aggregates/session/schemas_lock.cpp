// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/session/session.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/session/schemas.lock>
};
static_assert(eventstore::check_lock<Session, locked>());

}  // namespace
}  // namespace domain
