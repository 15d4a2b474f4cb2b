// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/user/user.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/user/schemas.lock>
};
static_assert(eventstore::check_lock<User, locked>());

}  // namespace
}  // namespace domain
