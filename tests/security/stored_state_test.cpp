#include <catch2/catch.hpp>

#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/aggregate/snapshots.hpp>
#include <eventstore/aggregate/stored_state.hpp>
#include <eventstore/core/must.hpp>

#include "people_log.hpp"

namespace stored_state_test {

namespace {

namespace es = eventstore;
using std::string;

struct Registered {
  EVENTSTORE_EVENT(Registered, "Registered", (string, name, , es::personal), (es::Secret, password, es::Secret{}));
};
struct Person {
  static constexpr auto category = "person";
  using events = es::Events<Registered>;
  struct State {
    EVENTSTORE_FIELDS(State, (string, name, "", es::personal), (es::Secret, password, es::Secret{}),
                      (std::int64_t, times, 0));
  };
  static void evolve(State& state, const Registered& event) { state = {event.name, event.password, state.times + 1}; }
};

bool holds(es::BytesView bytes, std::string_view text) { return es::as_text(bytes).find(text) != string::npos; }

std::unique_ptr<es::AnyState> state_of_ann(const es::AggregateType& type) {
  auto state = type.new_state();
  const Person::State ann{"Ann", es::Secret{"s3cret"}, 3};
  es::must(state->decode_from(es::encode(ann)));
  state->version = es::Version{3};
  state->organization = "default";
  return state;
}

}  // namespace

SCENARIO("a kept state has no personal value in clear", "[stored state]") {
  const auto type = es::aggregate<Person>("code");
  const auto stream = es::StreamId::trusted("person-ann");
  const auto state = state_of_ann(type);
  es::Bytes clear;
  state->encode_to(clear);
  GIVEN("a log with keys") {
    people::PeopleLog log;
    const auto stored = es::must(es::stored_state(log.log, type, stream, *state));
    CHECK(!holds(stored, "Ann"));
    CHECK(!holds(stored, "s3cret"));
    CHECK(stored == es::must(es::stored_state(log.log, type, stream, *state)));
    es::Bytes memory;
    THEN("its state is read again") {
      CHECK(std::ranges::equal(es::must(es::opened_state(log.log, stream, es::Version{3}, stored, memory)), clear));
    }
    THEN("it is no state of another version, and of no log without the keys") {
      CHECK(es::opened_state(log.log, stream, es::Version{4}, stored, memory).error().code == es::Errc::corrupt_record);
      const es::MemoryLog bare{log.clock};
      CHECK(es::opened_state(bare, stream, es::Version{3}, stored, memory).error().code == es::Errc::missing_key);
    }
    THEN("the values of a person who was erased have their defaults") {
      log.erase("ann");
      const auto opened = es::must(es::opened_state(log.log, stream, es::Version{3}, stored, memory));
      const auto read = es::must(es::decode<Person::State>(opened));
      CHECK(read.name.empty());
      CHECK(read.password.empty());
      CHECK(read.times == 3);
    }
    THEN("a state that an earlier build kept in clear is read as it is") {
      CHECK(std::ranges::equal(es::must(es::opened_state(log.log, stream, es::Version{3}, clear, memory)), clear));
    }
    THEN("whatever is cut off is damage, and no crash") {
      for (std::size_t size = 16; size < stored.size(); ++size) {
        const auto cut = es::BytesView{stored}.first(size);
        const auto opened = es::opened_state(log.log, stream, es::Version{3}, cut, memory);
        CHECK((!opened && opened.error().code == es::Errc::corrupt_record));
      }
    }
  }
  GIVEN("a log without keys") {
    const es::ManualClock clock{es::Timestamp{0}};
    const es::MemoryLog bare{clock};
    CHECK(es::must(es::stored_state(bare, type, stream, *state)) == clear);
  }
}

}  // namespace stored_state_test
