// Decisions over several aggregates in a store: by JSON, by its command lines, with snapshots, and by a reaction.
#include <eventstore/app/execute.hpp>
#include <eventstore/app/store.hpp>
#include <eventstore/os/file_system.hpp>

#include "aggregate/dispatch_workload.hpp"
#include "temporary_directory.hpp"

namespace decisions_test {

using namespace dispatch;
using es::must;

namespace {

struct Call {
  EVENTSTORE_FIELDS(Call, (string, job), (std::vector<string>, agents));
};
struct CallReceived {
  EVENTSTORE_EVENT(CallReceived, (string, job), (std::vector<string>, agents));
};
struct Desk : es::AggregateOf<"desk", Call, es::Events<CallReceived>> {
  static void evolve(State& state, const CallReceived& event) { state = {event.job, event.agents}; }
};

/// A call goes to the first of its agents who is active.
struct AnswerCalls {
  static constexpr auto name = "answer-calls";
  using reads = es::Reads<Desk>;
  static void react(const CallReceived& event, const es::Change<Desk>&, es::Outgoing& to) {
    to.execute<Job>(event.job, AssignOne{event.agents});
  }
};

struct Shop {
  es::test::TemporaryDirectory folder{};
  es::ManualClock clock{*es::Timestamp::parse("2026-01-27T12:00:00Z")};

  [[nodiscard]] es::Store open() {
    es::StoreOptions options{};
    options.clock = &clock;
    options.log.background_work = false;
    es::Model model{
        {es::aggregate<Agent>("1"), es::aggregate<Job>("1"), es::aggregate<Ledger>(), es::aggregate<Desk>()}, {}};
    model.reactions.push_back(es::reaction<AnswerCalls>());
    return must(es::Store::open(folder.file("store"), std::move(model), options));
  }
};

es::Result<es::Executed> execute(es::Store& store, const string& stream, const string& name, const es::Schema& schema,
                                 const es::Bytes& data) {
  string json;
  EVENTSTORE_TRY(es::bytes_to_json(schema.type, data, json));
  return store.execute(stream, name, json, {.retries_max = 100});
}

}  // namespace

TEST_CASE("decisions that a store gets as JSON are linearizable", "[others][linear]") {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    CAPTURE(seed);
    Shop shop;
    auto store = shop.open();
    open_office(store.event_log(), shop.clock);
    const Give give = [&](const auto& stream, const auto& name, const auto& schema, const auto& data) {
      return told_of(execute(store, stream, name, schema, data));
    };
    check_at_once(store.log(), give, seed, 8, 30);
    REQUIRE(store.close());
  }
}

TEST_CASE("the lines of a command are those of all streams, also when it is repeated", "[others]") {
  Shop shop;
  auto store = shop.open();
  open_office(store.event_log(), shop.clock);
  const es::app::Execute parameters{.stream = "job-0",
                                    .command = "assign",
                                    .json = R"({"agent":"a0"})",
                                    .command_id = es::Uuid::v5(es::Uuid{}, "assign"),
                                    .caller = {.organization_id = "default"}};
  const auto first = must(es::app::execute(store, parameters)).lines;
  REQUIRE(first.size() == 2);
  CHECK_THAT(first[0], Catch::Contains(R"("aggregate_type":"job")") && Catch::Contains("JobAssigned"));
  CHECK_THAT(first[1], Catch::Contains(R"("aggregate_type":"agent")") && Catch::Contains("AgentJobTaken"));
  shop.clock.advance_seconds(60);
  REQUIRE(store.execute<Agent>("a0", Deactivate{}));
  CHECK(must(es::app::execute(store, parameters)).lines == first);
}

TEST_CASE("the others of a decision are loaded from their snapshots", "[others][snapshot]") {
  Shop shop;
  auto store = shop.open();
  open_office(store.event_log(), shop.clock);
  for (int i = 0; i < 60; ++i) {
    REQUIRE(store.execute<Agent>("a0", Deactivate{}));
    REQUIRE(store.execute<Agent>("a0", Activate{}));
  }
  const auto used = store.snapshots()->counts().used;
  REQUIRE(store.execute<Job>("0", Assign{"a0"}));
  CHECK(store.snapshots()->counts().used == used + 1);
  CHECK(must(store.repository<Agent>().load("a0")).state.jobs == 1);
}

TEST_CASE("a reaction that gives jobs never gives one to an agent who is not active", "[others][linear][reaction]") {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    CAPTURE(seed);
    Shop shop;
    auto store = shop.open();
    open_office(store.event_log(), shop.clock);
    auto worker = must(store.react("answer-calls", {.from = es::From::beginning(),
                                                    .attempts_max = 100,
                                                    .retry_delay = std::chrono::milliseconds{0},
                                                    .retry_delay_max = std::chrono::milliseconds{0}}));
    std::atomic<bool> is_over = false;
    std::atomic<bool> failed = false;
    {
      const std::jthread reacting{[&] {
        while (!is_over)
          if (!worker.run()) failed = true;
      }};
      std::vector<std::jthread> threads;
      for (std::uint64_t thread = 0; thread < 3; ++thread)
        threads.emplace_back([&, thread] {
          std::mt19937_64 random{seed * 1000 + thread};
          const auto agent = [&] { return "a" + std::to_string(random() % 3); };
          for (int i = 0; i < 60; ++i) {
            if (thread == 0) {
              const CallReceived call{std::to_string(random() % 4), {agent(), agent()}};
              const es::DecidedEvent event{&es::schema_of<CallReceived>(), es::encode(call)};
              if (!es::append_events(store.event_log(), shop.clock, es::StreamId::trusted("desk-1"), {&event, 1}, {}))
                failed = true;
            } else if (random() % 2 == 0) {
              (void)store.execute<Agent>(agent(), Deactivate{}, {.retries_max = 100});
            } else {
              (void)store.execute<Agent>(agent(), Activate{}, {.retries_max = 100});
            }
          }
        });
      threads.clear();
      is_over = true;
    }
    while (must(worker.run()).retry) continue;
    CHECK_FALSE(failed);

    // Each assignment is the reaction's answer to a call, and is decided again where it stands.
    const auto types = es::AggregateTypes{store.model().aggregates};
    const es::laws::DecisionHistory history{store.log(), types};
    std::size_t assigned = 0;
    for (std::uint64_t position = 1; position <= history.head(); ++position) {
      if (history.type_at(position) != "JobAssigned") continue;
      ++assigned;
      const auto agent = es::decode<Assigned>(history.data_at(position))->agent;
      const auto* const state = history.state("agent-" + agent, position - 1);
      REQUIRE(state != nullptr);
      CHECK(state->as<AgentState>()->active);
      CHECK(history.type_at(position + 1) == "AgentJobTaken");
    }
    const auto refusals = must(worker.state()).refused;
    CHECK(assigned + refusals == 60);
    CHECK(assigned > 5);
    CHECK(must(worker.dead_letters()).empty());
  }
}

}  // namespace decisions_test
