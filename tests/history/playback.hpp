#pragma once
// Made-up histories in a log, with the JSON of each state by replay from zero.
#include <aggregates/aggregates.hpp>
#include <catch2/catch.hpp>
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/history/steps.hpp>
#include <eventstore/log/memory_log.hpp>

#include "board.hpp"

namespace eventstore::testing {

template <class T> T must(Result<T> result) {
  if (!result) FAIL(result.error().message());
  return std::move(*result);
}

struct Playback {
  AggregateType type;
  ManualClock clock{Timestamp{1'767'225'600'000'000}};
  MemoryLog log{clock};
  SchemaReader schemas{log};
  StreamId stream;
  std::vector<std::string> states{};  ///< by version; the first is that of a new state

  /// Appends what the aggregate makes up, `events_max` events or a few more.
  Playback(const AggregateType& its_type, std::uint64_t seed, std::size_t events_max)
      : type{its_type}, stream{*StreamId::of(its_type.category, "played")} {
    Random random{seed, clock.now()};
    random.set_key("played");
    while (must(log.head(stream)).value < events_max) {
      random.set_now(random.now().plus_seconds(random.between(1, 600)));
      clock.set(random.now());
      const auto state = must(load_state(log, schemas, type, stream));
      const auto decision = type.make_up(random, *state);
      if (decision.events.empty()) break;
      CommandOptions options;
      options.metadata.user_id = "user-" + std::to_string(random.below(3));
      (void)must(append_events(log, clock, stream, decision.events, options));
    }
    const auto head = must(log.head(stream)).value;
    for (std::uint64_t version = 0; version <= head; ++version)
      states.push_back(must(state_json(type, *must(load_state(log, schemas, type, stream, Version{version})))));
  }
  [[nodiscard]] std::uint64_t head() const { return states.size() - 1; }
  [[nodiscard]] std::unique_ptr<AnyState> at(std::uint64_t version) const {
    return must(load_state(log, schemas, type, stream, Version{version}));
  }
};

/// Calls `look` with histories of every aggregate that makes some up, and of the board.
template <class Look> void each_playback(std::uint64_t seeds, std::size_t events_max, Look look) {
  for (const auto& type :
       {aggregate<board::Board>(), domain::campaign_type(), domain::conversation_type(), domain::delivery_type()})
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
      CAPTURE(type.category, seed);
      look(Playback{type, seed, events_max});
    }
}

}  // namespace eventstore::testing
