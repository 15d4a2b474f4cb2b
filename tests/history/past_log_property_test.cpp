// On random histories, collections that are made from a past log are those of a log that was filled only up to there.
#include <eventstore/collections/memory/memory_collections.hpp>
#include <eventstore/history/past_log.hpp>
#include <eventstore/projection/document_changes.hpp>
#include <eventstore/projection/worker.hpp>
#include <projections/projections.hpp>

#include "history/made_up_log.hpp"

namespace past {
namespace {

using Projections = std::vector<es::ProjectionType>;

void project(const es::EventLog& log, const es::AggregateTypes& types, const Projections& projections,
             es::Collections& to) {
  std::vector<const es::ProjectionType*> all;
  for (const auto& each : projections) all.push_back(&each);
  es::ProjectionWorker worker{log, types, to};
  const auto report = must(worker.run(all));
  for (const auto& left : report.left) FAIL(left.name + ": " + left.reason);
}

// The log that has the events that pass, and no others.
template <class Passes> void check(MadeUpLog& made_up, const es::EventLog& past, Passes passes, bool has_gaps) {
  es::MemoryLog filled{made_up.clock};
  for (const auto& each : made_up.events())
    if (passes(each)) MadeUpLog::copy(each.view(), made_up.log, filled);
  const auto projections = domain::all_projections();
  es::MemoryCollections wanted;
  es::MemoryCollections found;
  project(filled, made_up.types, projections, wanted);
  project(past, made_up.types, projections, found);
  for (const auto& projection : projections) {
    CAPTURE(projection.name());
    const auto on_change = [&](const es::DocumentChange& change) -> es::Result<void> {
      // A log that was filled otherwise has other positions.
      const bool is_position = has_gaps && change.fields.before.starts_with(R"({"position":)") &&
                               change.fields.before.find(',') == std::string::npos;
      if (!is_position) FAIL_CHECK(change.id + ": " + change.fields.to_json());
      return {};
    };
    const auto counts = must(es::each_document_change(wanted, found, projection.shape, on_change));
    REQUIRE(counts.added + counts.removed == 0);
  }
}

// The first version of each stream that was created after `time`.
std::map<std::string, es::Version> ends_of(const std::vector<OwnedEvent>& events, es::Timestamp time) {
  std::map<std::string, es::Version> ends;
  for (const auto& each : events)
    if (each.event.created_at > time) ends.emplace(each.stream, each.event.version);
  return ends;
}

}  // namespace

TEST_CASE("collections at a position are those of a log that was filled up to there", "[as-of][property]") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    MadeUpLog made_up{seed};
    made_up.grow(120);
    for (int round = 0; round < 4; ++round) {
      const es::Position last{1 + made_up.random.below(must(made_up.log.head()).value)};
      CAPTURE(seed, last.value);
      const auto past = must(es::past_log(made_up.log, last));
      check(
          made_up, *past, [&](const OwnedEvent& each) { return each.event.position <= last; }, false);
    }
  }
}

TEST_CASE("collections at a time are those of a log in which each stream ends before its first later event",
          "[as-of][property]") {
  std::size_t out_of_order = 0;
  for (std::uint64_t seed = 100; seed < 124; ++seed) {
    MadeUpLog made_up{seed};
    made_up.grow(120);
    const auto events = made_up.events();
    for (int round = 0; round < 4; ++round) {
      const auto time = made_up.random.pick(events).event.created_at;
      CAPTURE(seed, time.to_string());
      const auto ends = ends_of(events, time);
      const auto passes = [&](const OwnedEvent& each) {
        const auto end = ends.find(each.stream);
        const bool is_there = end == ends.end() || each.event.version < end->second;
        out_of_order += !is_there && each.event.created_at <= time ? 1 : 0;
        return is_there;
      };
      const bool has_some = std::ranges::any_of(events, passes);
      const auto past = es::past_log(made_up.log, es::AtTime{time});
      REQUIRE(past.has_value() == has_some);
      if (has_some) check(made_up, **past, passes, true);
    }
  }
  CHECK(out_of_order > 20);
}

TEST_CASE("collections at a time of recording are those of a log that was filled until then", "[as-of][property]") {
  for (std::uint64_t seed = 200; seed < 206; ++seed) {
    MadeUpLog made_up{seed};
    made_up.grow(120);
    const auto events = made_up.events();
    for (int round = 0; round < 4; ++round) {
      const auto time = made_up.random.pick(events).event.recorded_at.plus_seconds(made_up.random.between(0, 1));
      CAPTURE(seed, time.to_string());
      const auto past = must(es::past_log(made_up.log, es::AtTime{time, es::EventClock::recorded}));
      check(
          made_up, *past, [&](const OwnedEvent& each) { return each.event.recorded_at <= time; }, false);
    }
  }
}

}  // namespace past
