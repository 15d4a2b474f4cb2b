// Decisions that rest on several aggregates, and write to several streams.
#include <catch2/catch.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/core/must.hpp>
#include <eventstore/log/memory_log.hpp>

#include "aggregate/dispatch.hpp"
#include "aggregate/rival_log.hpp"

namespace several_streams_test {

using namespace eventstore;
using namespace dispatch;

namespace {

/// Of a newer build.
struct Promoted {
  EVENTSTORE_EVENT(Promoted, "AgentPromoted", (string, rank));
};

Uuid command_number(int number) { return Uuid::v5(Uuid{}, "command " + std::to_string(number)); }

struct Office {
  ManualClock clock{*Timestamp::parse("2026-01-27T12:00:00Z")};
  MemoryLog memory{clock};
  RivalLog log{memory};
  Repository<Agent> agents{memory, clock};
  Repository<Job> rivals{memory, clock};
  Repository<Job> jobs{log, clock};

  Office() {
    hire("ada");
    hire("bob");
    REQUIRE(jobs.execute("1", Post{"customer"}));
    log.appends = 0;
  }
  void hire(std::string_view key, const CommandOptions& options = {}) {
    REQUIRE(agents.execute(key, Hire{std::string{key}}, options));
  }

  /// Appends it as a fact, past all decisions.
  template <class E> void record(const string& stream, const E& event) {
    const DecidedEvent decided{&schema_of<E>(), encode(event)};
    REQUIRE(append_events(memory, clock, *StreamId::parse(stream), {&decided, 1}, {}));
  }

  template <class Command>
  Executed run(std::string_view key, const Command& command, const CommandOptions& options = {}) {
    auto executed = jobs.execute(key, command, options);
    if (!executed) FAIL(executed.error().message());
    return std::move(*executed);
  }
  template <class Command>
  Error error_of(std::string_view key, const Command& command, const CommandOptions& options = {}) {
    const auto before = *memory.head();
    const auto executed = jobs.execute(key, command, options);
    REQUIRE_FALSE(executed);
    CHECK(*memory.head() == before);
    return executed.error();
  }
  /// "JobAssigned on job-1": the events from this position on.
  [[nodiscard]] std::vector<string> events(std::uint64_t from) const {
    std::vector<string> lines;
    const auto page = must(memory.read_all({.from = Position{from}}));
    for (const auto& event : page.events) lines.push_back(string{event.type} + " on " + string{event.stream});
    return lines;
  }
};

/// A log on which somebody acts between the reads of a decision.
class ReadLog final : public ForwardingLog {
 public:
  using ForwardingLog::ForwardingLog;

  std::function<void(const StreamId& stream)> before_read;

  Result<Page> read_stream(const StreamId& stream, const ReadStream& options) const override {
    if (before_read) before_read(stream);
    return ForwardingLog::read_stream(stream, options);
  }
};

std::vector<string> streams_of(const Executed& executed) {
  std::vector<string> streams;
  for (const auto& event : executed.events) streams.push_back(event.stream);
  return streams;
}

using Lines = std::vector<string>;

}  // namespace

TEST_CASE("a decision sees the other aggregates that keys names", "[others]") {
  Office office;
  CHECK(office.error_of("1", Assign{"cyd"}).refusal_code == "nobody");
  REQUIRE(office.agents.execute("bob", Deactivate{}));
  CHECK(office.error_of("1", Assign{"bob"}).refusal_code == "inactive");
  CHECK(office.run("1", AssignOne{{"cyd", "bob", "ada"}}).events.size() == 2);
  CHECK(office.agents.load("ada")->state.jobs == 1);
  CHECK(office.jobs.load("1")->state.agent == "ada");
}

TEST_CASE("a decision writes to several streams in one commit and says what stands where", "[others]") {
  Office office;
  const auto executed = office.run("1", Assign{"ada"});
  CHECK(office.events(4) == Lines{"JobAssigned on job-1", "AgentJobTaken on agent-ada"});
  CHECK(office.log.appends == 1);
  CHECK(executed.stream == "job-1");
  CHECK(executed.version == Version{2});
  CHECK(streams_of(executed) == Lines{"job-1", "agent-ada"});
  CHECK(executed.events[0].placed == Placed{Version{2}, Position{4}});
  CHECK(executed.events[1].placed == Placed{Version{2}, Position{5}});
}

TEST_CASE("a decision rests on all that it read and is made again when one of them changed", "[others]") {
  Office office;
  office.log.rival = [&] {
    if (office.log.appends == 1) REQUIRE(office.agents.execute("ada", Deactivate{}));
  };
  SECTION("a stream that is only read") {
    CHECK(office.jobs.execute("2", PostFor{"customer", "ada"}));
    CHECK(office.log.appends == 2);
  }
  SECTION("a stream that is also written") {
    const auto refused = office.jobs.execute("1", Assign{"ada"});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().refusal_code == "inactive");
    CHECK(office.log.appends == 1);
  }
}

TEST_CASE("a decision rests on it that a stream is not there", "[others]") {
  Office office;
  REQUIRE(office.rivals.execute("2", PostFor{"customer", "bob"}));
  office.log.rival = [&] {
    if (office.log.appends == 1) REQUIRE(office.rivals.execute("3", Note{"follows", "rival"}));
  };
  CHECK(office.run("1", Follow{"2"}).events.size() == 2);
  CHECK(office.log.appends == 2);
  CHECK(must(Repository<Ledger>{office.memory, office.clock}.load("follows")).state.notes == 3);
}

TEST_CASE("a decision sees states that stood side by side", "[others]") {
  Office office;
  office.hire("cyd");
  office.run("1", Assign{"ada"});
  REQUIRE(office.rivals.execute("2", PostFor{"customer", "bob"}));
  ReadLog log{office.memory};
  int reads = 0;
  log.before_read = [&](const StreamId& stream) {
    if (stream.text() != "job-2" || ++reads > 1) return;
    // By the time the second job gets ada the first has her no more: they never had the same agent.
    REQUIRE(office.rivals.execute("1", HandOver{"cyd"}));
    REQUIRE(office.rivals.execute("2", HandOver{"ada"}));
  };
  Repository<Job> jobs{log, office.clock};
  const auto executed = jobs.execute("1", Follow{"2"});
  REQUIRE(executed);
  REQUIRE(executed->events.size() == 2);
  CHECK(executed->events.front().data == encode(Assigned{"ada"}));
  CHECK(reads == 2);
  log.before_read = [&](const StreamId& stream) {
    if (stream.text() == "job-2") office.record("job-1", Assigned{"bob"});
  };
  const auto lost = jobs.execute("1", Follow{"2"}, {.retries_max = 3});
  REQUIRE_FALSE(lost);
  CHECK(lost.error().code == Errc::wrong_version);
  REQUIRE(lost.error().conflicts.size() == 1);
  CHECK(lost.error().conflicts.front().stream == "job-1");
}

TEST_CASE("a decision that loses every race says which stream changed", "[others]") {
  Office office;
  office.log.rival = [&] {
    REQUIRE(office.agents.execute("ada", Deactivate{}));
    REQUIRE(office.agents.execute("ada", Activate{}));
  };
  const auto lost = office.jobs.execute("1", Assign{"ada"}, {.retries_max = 2});
  REQUIRE_FALSE(lost);
  CHECK(lost.error().code == Errc::wrong_version);
  REQUIRE(lost.error().conflicts.size() == 1);
  CHECK(lost.error().conflicts.front().stream == "agent-ada");
  CHECK(office.log.appends == 3);
}

TEST_CASE("a stream that is written and not read may have any version", "[others]") {
  Office office;
  office.log.rival = [&] { REQUIRE(office.rivals.execute("9", Note{"daily", "rival"})); };
  const auto executed = office.run("1", Note{"daily", "mine"});
  CHECK(office.log.appends == 1);
  CHECK(streams_of(executed) == Lines{"ledger-daily", "ledger-daily"});
  CHECK(executed.version == Version{1});
  CHECK(executed.events.back().placed.version == Version{4});
}

TEST_CASE("a repeat of a command gives its events of all streams", "[others][repeat]") {
  Office office;
  const CommandOptions options{.command_id = command_number(1)};
  SECTION("own events and others") {
    const auto first = office.run("1", Assign{"ada"}, options);
    office.clock.advance_seconds(60);
    REQUIRE(office.agents.execute("ada", Deactivate{}));
    const auto again = office.run("1", Assign{"ada"}, options);
    CHECK(again.already_there);
    CHECK(again.version == first.version);
    REQUIRE(again.events.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
      CHECK(again.events[i].stream == first.events[i].stream);
      CHECK(again.events[i].id == first.events[i].id);
      CHECK(again.events[i].placed == first.events[i].placed);
      CHECK(again.events[i].created_at == first.events[i].created_at);
      CHECK(again.events[i].data == first.events[i].data);
    }
    CHECK(office.error_of("1", Assign{"bob"}, options).code == Errc::id_conflict);
  }
  SECTION("others alone") {
    const auto first = office.run("1", Note{"daily", "once"}, options);
    const auto again = office.run("1", Note{"daily", "once"}, options);
    CHECK(again.already_there);
    CHECK(again.version == Version{1});
    CHECK(streams_of(again) == streams_of(first));
    CHECK(*office.memory.head() == first.events.back().placed.position);
  }
}

TEST_CASE("one command id on two streams is two commands also where both write to a third", "[others][repeat]") {
  Office office;
  const CommandOptions options{.command_id = command_number(1)};
  CHECK(office.run("1", Note{"daily", "same"}, options).events.size() == 2);
  const auto second = office.run("2", Note{"daily", "same"}, options);
  CHECK_FALSE(second.already_there);
  CHECK(second.events.back().placed.version == Version{4});
}

TEST_CASE("a rival that ran the very same command makes it a repeat on all streams", "[others][repeat]") {
  Office office;
  const CommandOptions options{.command_id = command_number(1)};
  office.log.rival = [&] { REQUIRE(office.rivals.execute("1", Assign{"ada"}, options)); };
  const auto executed = office.run("1", Assign{"ada"}, options);
  CHECK(executed.already_there);
  CHECK(streams_of(executed) == Lines{"job-1", "agent-ada"});
  CHECK(*office.memory.head() == Position{5});
}

TEST_CASE("the deciding aggregate among the others is itself", "[others]") {
  Office office;
  CHECK(office.run("1", Follow{"1"}).events.empty());  // it has the agent of itself
  CHECK(office.error_of("2", Follow{"2"}).detail == "there is no such job");
}

TEST_CASE("a key may be named twice", "[others]") {
  Office office;
  office.run("1", Assign{"ada"});
  office.run("1", HandOver{"ada"});
  CHECK(office.agents.load("ada")->state.jobs == 2);
}

TEST_CASE("a key that no stream can have names nobody and cannot be written", "[others]") {
  Office office;
  CHECK(office.error_of("1", Assign{""}).refusal_code == "nobody");
  CHECK(office.error_of("1", Assign{"line\nbreak"}).refusal_code == "nobody");
  CHECK(office.error_of("1", Note{"", "text"}).code == Errc::invalid_argument);
  CHECK(office.run("2", PostFor{"customer", std::nullopt}).events.size() == 1);
}

TEST_CASE("an aggregate of another organization is neither read nor written", "[others]") {
  Office office;
  office.hire("eve", {.metadata = {.organization = "org-2"}});
  const auto refused = office.error_of("1", Assign{"eve"});
  CHECK(refused.code == Errc::wrong_organization);
  CHECK(refused.where == "agent-eve");
  REQUIRE(office.jobs.execute("7", Note{"theirs", "text"}, {.metadata = {.organization = "org-2"}}));
  CHECK(office.error_of("1", Note{"theirs", "text"}).code == Errc::wrong_organization);
}

TEST_CASE("an aggregate of a renamed category is read and written under the name that it has", "[others]") {
  Office office;
  office.record("courier-old", Hired{"old"});
  CHECK(streams_of(office.run("1", Assign{"old"})) == Lines{"job-1", "courier-old"});
  SECTION("a decision rests on it that no stream of another name exists") {
    office.log.rival = [&] {
      if (office.log.appends == 2) office.record("courier-new", Hired{"new"});
    };
    CHECK(office.jobs.execute("1", AssignOne{{"new", "ada"}})->events.front().data == encode(Assigned{"new"}));
    CHECK(office.log.appends == 3);
  }
  SECTION("two streams of one aggregate have no common order") {
    office.record("agent-old", Hired{"old"});
    CHECK(office.error_of("1", Assign{"old"}).code == Errc::id_conflict);
  }
}

TEST_CASE("a decision is not made on a state that lacks events of a newer build", "[others]") {
  Office office;
  office.record("agent-ada", Promoted{"chief"});
  const auto refused = office.error_of("1", Assign{"ada"});
  CHECK(refused.code == Errc::unknown_event_type);
  CHECK(refused.where == "agent-ada");
  CHECK_THAT(refused.detail, Catch::Contains("AgentPromoted at position 4"));
}

TEST_CASE("a decision that looks at what keys does not name fails", "[others]") {
  Office office;
  const auto failed = office.error_of("1", Peek{"ada"});
  CHECK(failed.code == Errc::user_exception);
  CHECK(failed.detail ==
        "the decision looks at agent-ada, which `keys` does not name: name there whatever the decision "
        "reads");
}

}  // namespace several_streams_test
