#pragma once
// Made-up histories, played event by event.
#include <aggregates/campaign/campaign.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <aggregates/delivery/delivery.hpp>
#include <catch2/catch.hpp>
#include <eventstore/aggregate/random.hpp>

#include "support.hpp"

namespace domain::testing {

inline constexpr std::size_t history_max = 2'000;

template <class A, class... E>
void fold(typename A::State& state, const eventstore::AnyDecision& decision, Timestamp now,
          const eventstore::Events<E...>*) {
  const auto one = [&]<class Event>(const eventstore::DecidedEvent& decided, const Event*) {
    if (decided.schema != &eventstore::schema_of<Event>()) return;
    const auto event = eventstore::decode<Event>(decided.data);
    REQUIRE(event);
    eventstore::evolve<A>(state, *event, at(now));
  };
  for (const auto& decided : decision.events) (one(decided, static_cast<const E*>(nullptr)), ...);
}

// Plays histories until there are enough events; `look` sees every step.
template <class A, class Look> void play(std::uint64_t seed, std::size_t events_max, Look look) {
  eventstore::Random random{seed, second(1'767'225'600)};
  for (std::size_t events = 0; events < events_max;) {
    typename A::State state{};
    random.set_key("key-" + std::to_string(events));
    for (std::size_t length = 0;; ++length) {
      REQUIRE(length < history_max);
      random.set_now(random.now().plus_seconds(random.between(1, 600)));
      const auto decision = A::make_up(random, state).any();
      REQUIRE(!decision.refusal);
      if (decision.events.empty()) {
        REQUIRE(length > 0);
        break;
      }
      const auto before = state;
      fold<A>(state, decision, random.now(), static_cast<const typename A::events*>(nullptr));
      look(before, state, decision);
      events += decision.events.size();
    }
  }
}

}  // namespace domain::testing
