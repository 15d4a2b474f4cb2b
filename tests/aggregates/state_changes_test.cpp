// What events changed, put onto the states around them.
#include "played.hpp"

#include <eventstore/schema/changes.hpp>

namespace state_changes_test {

using namespace domain;
using namespace domain::testing;
using eventstore::ChangeDirection;

namespace {

// Changes do not tell of what a state keeps for itself.
template <class State> std::string told(State state) {
  eventstore::each_field(state, [](auto& field, const eventstore::FieldFacts& facts) {
    if (facts.attributes.has(eventstore::bookkeeping)) field = {};
  });
  return eventstore::to_json(state);
}

template <class State> void check_both_ways(const State& before, const State& after) {
  const auto& type = eventstore::schema_of<State>().type;
  const auto changes = eventstore::changes_between(before, after);
  CAPTURE(changes.to_json());
  REQUIRE(eventstore::apply_changes(type, told(before), changes) == told(after));
  REQUIRE(eventstore::apply_changes(type, told(after), changes, ChangeDirection::backward) == told(before));
  const auto first = eventstore::changes_from_nothing(after);
  REQUIRE(first.before == "{}");
  REQUIRE(eventstore::apply_changes(type, told(State{}), first) == told(after));
}

}  // namespace

TEMPLATE_TEST_CASE("the changes of an event make the state after it of the state before and the way back", "[changes]",
                   Campaign, Conversation, Delivery) {
  using State = typename TestType::State;
  State earlier{};  // of another history
  std::size_t steps = 0;
  play<TestType>(17, 600, [&](const State& before, const State& after, const auto&) {
    check_both_ways(before, after);
    check_both_ways(earlier, after);
    if (++steps % 7 == 0) earlier = after;
  });
}

}  // namespace state_changes_test
