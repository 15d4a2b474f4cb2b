// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/contact/contact.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/contact/schemas.lock>
};
static_assert(eventstore::check_lock<Contact, locked>());

}  // namespace
}  // namespace domain
