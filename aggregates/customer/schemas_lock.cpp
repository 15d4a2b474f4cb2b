// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/customer/customer.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/customer/schemas.lock>
};
static_assert(eventstore::check_lock<Customer, locked>());

}  // namespace
}  // namespace domain
