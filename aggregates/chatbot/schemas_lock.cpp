// Part of the tests: every schema that events of this category were ever written under is still read.
#include <aggregates/chatbot/chatbot.hpp>
#include <eventstore/aggregate/lock.hpp>

namespace domain {
namespace {

constexpr eventstore::LockedSchema locked[] = {
#include <aggregates/chatbot/schemas.lock>
};
static_assert(eventstore::check_lock<Chatbot, locked>());

}  // namespace
}  // namespace domain
