// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/campaign/campaign.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/campaign/schemas.lock>
};
static_assert(eventstore::check_lock<Campaign, locked>());

}  // namespace
}  // namespace domain
