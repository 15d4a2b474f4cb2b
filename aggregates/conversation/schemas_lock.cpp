// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/conversation/conversation.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/conversation/schemas.lock>
};
static_assert(eventstore::check_lock<Conversation, locked>());

}  // namespace
}  // namespace domain
