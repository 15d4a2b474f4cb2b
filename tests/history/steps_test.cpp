// A stream's life event by event.
#include <eventstore/history/steps.hpp>

#include "aggregate/snapshot_bank.hpp"

namespace steps_test {

using namespace bank;

namespace {

struct Life {
  SnapshotBank bank{es::SnapshotPolicy::every(5)};
  es::AggregateType type = es::aggregate<Account>(code);
  es::SchemaReader schemas{bank.log};

  explicit Life(std::int64_t deposits) {
    bank.record("ada", Opened{.owner = "ada"});
    for (std::int64_t cents = 1; cents <= deposits; ++cents) bank.record("ada", Deposited{cents});
  }

  // "version: before -> after" of each step.
  std::vector<std::string> walk(es::StepRange range, es::Snapshots* snapshots = nullptr) {
    std::vector<std::string> seen;
    const auto note = [&](const es::Step& step) {
      CHECK(step.after.version == step.event.version);
      CHECK(step.before.version.value + 1 == step.event.version.value);
      CHECK(step.metadata.event_id == step.event.id);
      seen.push_back(std::to_string(step.event.version.value) + ": " +
                     std::to_string(step.before.as<Account::State>()->cents) + " -> " +
                     std::to_string(step.after.as<Account::State>()->cents));
      return true;
    };
    const auto walked = es::each_step(bank.log, schemas, type, bank.stream(), range, note, snapshots);
    if (!walked) FAIL(walked.error().message());
    return seen;
  }
};

}  // namespace

TEST_CASE("each step has the state before its event and the state after it", "[history]") {
  Life life{3};
  CHECK(life.walk({}) == std::vector<std::string>{"1: 0 -> 0", "2: 0 -> 1", "3: 1 -> 3", "4: 3 -> 6"});
}

TEST_CASE("a range of steps begins with the state before it, with snapshots and without", "[history][snapshot]") {
  Life life{2000};
  (void)life.bank.load();
  for (auto* const snapshots : {static_cast<es::Snapshots*>(nullptr), &life.bank.snapshots}) {
    const auto few = life.walk({es::Version{1500}, es::Version{1501}}, snapshots);
    CHECK(few == std::vector<std::string>{"1500: 1122751 -> 1124250", "1501: 1124250 -> 1125750"});
  }
  CHECK(life.walk({}).size() == 2001);
  CHECK(life.walk({es::Version{3000}}).empty());
}

TEST_CASE("a visitor that has seen enough ends the walk", "[history]") {
  Life life{10};
  int steps = 0;
  const auto walked = es::each_step(life.bank.log, life.schemas, life.type, life.bank.stream(), {},
                                    [&](const es::Step&) { return ++steps < 4; });
  CHECK(walked.has_value());
  CHECK(steps == 4);
}

TEST_CASE("a visitor that throws ends the walk with an error", "[history]") {
  Life life{10};
  const auto walked = es::each_step(life.bank.log, life.schemas, life.type, life.bank.stream(), {},
                                    [](const es::Step&) -> bool { throw std::runtime_error{"enough"}; });
  REQUIRE_FALSE(walked.has_value());
  CHECK(walked.error().code == es::Errc::user_exception);
  CHECK_THAT(walked.error().message(), Catch::Contains("enough"));
}

TEST_CASE("a stream that does not exist has no steps", "[history]") {
  Life life{0};
  int steps = 0;
  const auto walked = es::each_step(life.bank.log, life.schemas, life.type, *es::StreamId::of("account", "bob"), {},
                                    [&](const es::Step&) { return ++steps > 0; });
  CHECK(walked.has_value());
  CHECK(steps == 0);
}

}  // namespace steps_test
