// Compiled with the tests: every schema that events of this category were ever written under is still read.
#include "ledger.hpp"

#include <eventstore/aggregate/lock.hpp>

namespace bank {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include "schemas.lock"
};
static_assert(eventstore::check_lock<Ledger, locked>());

}  // namespace
}  // namespace bank
