// On random histories, bisect gives the versions that a naive replay from nothing gives, with a naive predicate.
#include <aggregates/aggregates.hpp>
#include <eventstore/history/bisect_category.hpp>
#include <eventstore/history/state_at.hpp>
#include <eventstore/schema/json_codec.hpp>

#include <deque>
#include <set>
#include <string_view>

#include "aggregate/recorded.hpp"
#include "naive_predicate.hpp"

namespace bisect_property_test {

using namespace domain::testing;
namespace es = eventstore;

namespace {

// A stream of one aggregate, made up, with clocks that sometimes run backwards.
struct History : recorded::Log {
  const es::AggregateType& type;
  es::StreamId stream;
  std::vector<SeenStep> steps{};

  History(const es::AggregateType& its_type, std::uint64_t seed)
      : type{its_type}, stream{*es::StreamId::parse(its_type.category + "-1")}, random_{seed, clock.now()} {
    schemas.know(type.events);
    auto state = type.new_state();
    random_.set_key("1");
    while (state->version.value < events_max) {
      random_.set_now(random_.now().plus_seconds(random_.between(1, 60)));
      const auto decision = type.make_up(random_, *state);
      if (decision.events.empty()) break;
      for (const auto& decided : decision.events) record_decided(decided);
      REQUIRE(es::replay(log, schemas, stream, *state));
    }
    see_all();
  }
  [[nodiscard]] es::Random& random() { return random_; }

 private:
  static constexpr std::uint64_t events_max = 40;

  void record_decided(const es::DecidedEvent& decided) {
    clock.set(random_.chance(15) ? random_.now().plus_seconds(-120) : random_.now());
    if (random_.chance(70)) return (void)record(stream.text(), *decided.schema, decided.data, es::Codec::binary);
    std::string json;
    REQUIRE(es::bytes_to_json(decided.schema->type, decided.data, json));
    (void)record(stream.text(), *decided.schema, es::as_bytes(json), es::Codec::json);
  }

  MaybeNode parsed(const std::string& json) {
    const auto node = documents_.emplace_back().parse(json);
    REQUIRE(node);
    return *node;
  }
  // Each from nothing.
  MaybeNode state_at(es::Version version) {
    if (version == es::Version{0}) return {};
    const auto state = es::state_at(log, schemas, type, stream, version);
    REQUIRE(state);
    const auto json = es::state_json(type, **state);
    REQUIRE(json);
    return parsed(*json);
  }
  void see_all() {
    const auto page = log.read_stream(stream);
    REQUIRE(page);
    for (const auto& event : page->events) {
      std::string data;
      REQUIRE(schemas.data_to_json(event, data));
      steps.push_back({state_at(es::Version{event.version.value - 1}), state_at(event.version), parsed(data),
                       std::string{event.type}, event.created_at, event.version.value});
    }
  }

  es::Random random_;
  std::deque<es::JsonDocument> documents_{};
};

struct Counts {
  std::size_t asked = 0;
  std::size_t held = 0;
  std::size_t refused = 0;
};

void check_one(History& history, Counts& counts) {
  NaivePredicates predicates{history.random(), history.steps};
  const auto naive = predicates.make();
  CAPTURE(naive.text, history.type.category);
  const auto predicate = es::Predicate::parse(naive.text, history.type);
  if (!predicate) {
    // What JSON does not tell apart: enumerators from texts, records from maps, sets from lists.
    CAPTURE(predicate.error().detail);
    REQUIRE_THAT(predicate.error().detail,
                 Catch::Contains("has no order") || Catch::Contains("is a record") || Catch::Contains("is a set"));
    ++counts.refused;
    return;
  }
  std::vector<std::uint64_t> expected;
  for (std::size_t at = 0; at < history.steps.size(); ++at)
    if (naive.holds(at)) expected.push_back(history.steps[at].version);
  std::vector<std::uint64_t> found;
  es::PredicateCheck check{*predicate, history.schemas};
  const auto asked =
      es::bisect(history.log, history.schemas, history.type, history.stream, check, [&](const es::Step& step) {
        found.push_back(step.event.version.value);
        return true;
      });
  REQUIRE(asked);
  REQUIRE(*asked == history.steps.size());
  REQUIRE(found == expected);
  std::vector<std::uint64_t> firsts;
  REQUIRE(es::bisect_category(history.log, history.schemas, history.type, *predicate, {.threads = 1},
                              [&](const es::FoundStep& one) -> es::Result<void> {
                                firsts.push_back(one.version.value);
                                return {};
                              }));
  REQUIRE(firsts.size() == (expected.empty() ? 0 : 1));
  if (!expected.empty()) REQUIRE(firsts.front() == expected.front());
  ++counts.asked;
  if (!expected.empty()) ++counts.held;
}

}  // namespace

TEST_CASE("bisect equals a naive replay from nothing with a naive predicate", "[bisect][property]") {
  constexpr std::size_t histories = 40;
  constexpr std::size_t predicates = 60;
  const std::set<std::string_view> left_out{"agent", "api_key", "session", "user"};  // nobody can ask for a secret
  Counts counts;
  for (const auto& type : domain::all_aggregates()) {
    if (left_out.contains(type.category)) continue;
    if (!type.make_up || type.state_schema == nullptr) continue;
    for (std::size_t seed = 1; seed <= histories; ++seed) {
      CAPTURE(type.category, seed);
      History history{type, seed};
      REQUIRE_FALSE(history.steps.empty());
      for (std::size_t i = 0; i < predicates; ++i) check_one(history, counts);
    }
  }
  CAPTURE(counts.asked, counts.held, counts.refused);
  CHECK(counts.asked > 3 * histories * predicates / 2);
  CHECK(counts.held > counts.asked / 4);
}

}  // namespace bisect_property_test
