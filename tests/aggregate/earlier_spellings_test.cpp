// What a domain of the release before wrote: it compiles for one release more, and means the same.
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/core/must.hpp>

#include "aggregate/recorded.hpp"

namespace earlier_spellings_test {

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace es = eventstore;
using std::int64_t;

namespace {

struct PlantedV1 {
  EVENTSTORE_EVENT(PlantedV1, "TreePlanted", (int64_t, meters));
};
struct Planted {
  EVENTSTORE_EVENT(Planted, "TreePlanted", (int64_t, centimeters));
  using history = es::History<PlantedV1>;
  static Planted upcast(const PlantedV1& old) { return {old.meters * 100}; }
};
struct Plant {
  EVENTSTORE_COMMAND(Plant, (int64_t, centimeters));
};
struct TreeState {
  EVENTSTORE_FIELDS(TreeState, (int64_t, centimeters));
};

struct Tree : es::DeciderOf<"tree", TreeState, es::Events<Planted>, es::Commands<Plant>> {
  static void evolve(State& state, const Planted& event) { state.centimeters = event.centimeters; }
  static Decision create(const Plant& command) { return Planted{command.centimeters}; }
  static void measure(const Planted& event, Metrics& to) { to.add("planted", static_cast<double>(event.centimeters)); }
  static Decision sample(es::Random&, const State&) { return Planted{30}; }
};

}  // namespace

TEST_CASE("an aggregate that samples makes up its histories") {
  es::Random random{1};
  const auto type = es::aggregate<Tree>();
  REQUIRE(type.make_up);
  CHECK(type.make_up(random, *type.new_state()).events.size() == 1);
}

TEST_CASE("a struct that lists its history reads the events of its old structs") {
  recorded::Log log;
  log.record("tree-1", PlantedV1{2});
  const es::Repository<Tree> trees{log.log, log.clock};
  CHECK(es::must(trees.load("1")).state.centimeters == 200);
}

TEST_CASE("a repository that is bound is checked, and another organization is another tenant") {
  recorded::Log log;
  CHECK(es::Repository<Tree>{log.log, log.clock}.bind());
  CHECK(es::Errc::wrong_tenant == es::Errc::wrong_organization);
  STATIC_REQUIRE(std::is_same_v<es::Metrics, es::Measurements>);
}

}  // namespace earlier_spellings_test
