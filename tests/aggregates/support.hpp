#pragma once
// Sentences that the aggregates' tests share.
#include <eventstore/aggregate/measurements.hpp>
#include <eventstore/testing/given.hpp>

#include <ostream>

namespace domain::testing {

using eventstore::Metadata;
using eventstore::Timestamp;

inline Timestamp second(std::int64_t number) { return Timestamp{number * 1'000'000}; }

inline Metadata at(Timestamp time) {
  Metadata metadata{};
  metadata.created_at = time;
  return metadata;
}

/// The state after `events`, which happened at the seconds 1, 2, 3 and so on.
template <class A, class... E> typename A::State history(const E&... events) {
  typename A::State state{};
  std::int64_t number = 0;
  (eventstore::evolve<A>(state, events, at(second(++number))), ...);
  return state;
}

/// What `event` contributes to analytics when it comes after `before`, one line a measurement.
template <class A, class E> std::vector<std::string> measured(const typename A::State& before, const E& event) {
  auto after = before;
  eventstore::evolve<A>(after, event, at(second(100)));
  eventstore::Measurements measured;
  A::measure(event, before, after, measured);
  std::vector<std::string> lines;
  for (const auto& [type, value, tags, metadata, count] : measured.all())
    lines.push_back(type + " " + std::to_string(static_cast<std::int64_t>(value)) + " " + tags + " " + metadata);
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace domain::testing
