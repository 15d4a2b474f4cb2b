// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/api_key/api_key.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/api_key/schemas.lock>
};
static_assert(eventstore::check_lock<ApiKey, locked>());

}  // namespace
}  // namespace domain
