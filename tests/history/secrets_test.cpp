// Secrets can be asked for by nobody, and show nowhere.
#include <catch2/catch.hpp>

#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/core/must.hpp>
#include <eventstore/history/blame.hpp>
#include <eventstore/history/find_events.hpp>
#include <eventstore/history/predicate.hpp>
#include <eventstore/history/steps.hpp>
#include <eventstore/history/what_if.hpp>
#include <eventstore/log/memory_log.hpp>

namespace secrets_test {

namespace {

namespace es = eventstore;
using std::string;

struct Registered {
  EVENTSTORE_EVENT(Registered, "UserRegistered", (string, name), (es::Secret, password),
                   (std::optional<es::Secret>, token), (std::vector<es::Secret>, codes));
};
struct User {
  static constexpr auto category = "user";
  using events = es::Events<Registered>;
  struct State {
    EVENTSTORE_FIELDS(State, (string, name), (es::Secret, password), (std::optional<es::Secret>, token));
  };
  static void evolve(State& state, const Registered& event) { state = {event.name, event.password, event.token}; }
};

// A program of later, to which the stored event is an unknown one.
struct Renewed {
  EVENTSTORE_EVENT(Renewed, "UserRenewed", (string, name));
};
struct Later {
  static constexpr auto category = "user";
  static constexpr auto unknown_events = es::UnknownEvents::pass_over;
  using events = es::Events<Renewed>;
  struct State {
    EVENTSTORE_FIELDS(State, (string, name));
  };
  static void evolve(State& state, const Renewed& event) { state.name = event.name; }
};

struct Users {
  Users() {
    const auto stream = es::StreamId::trusted("user-1");
    const es::DecidedEvent event{&es::schema_of<Registered>(), es::encode(Registered{.name = "Ann",
                                                                                     .password = es::Secret{"h4sh"},
                                                                                     .token = es::Secret{"t0ken"},
                                                                                     .codes = {es::Secret{"c0de"}}})};
    es::EventWriter writer;
    es::must(writer.add(stream, {&event, 1}, {}, es::EventIdRule::fresh(clock)));
    es::must(writer.append_to(log));
  }
  [[nodiscard]] es::Result<std::uint64_t> find(const es::EventQuery& query) const {
    return es::find_events(log, schemas, query, [](const es::RecordedEvent&) -> es::Result<void> { return {}; });
  }

  es::ManualClock clock{es::Timestamp{1'700'000'000'000'000}};
  es::MemoryLog log{clock};
  es::SchemaReader schemas{log};
  es::AggregateType type = es::aggregate<User>();
};

}  // namespace

TEST_CASE("a predicate cannot ask for a secret and says where it tried to", "[secrets]") {
  const Users users;
  for (const string text :
       {"password == \"h4sh\"", "exists token", "size(password) == 4", "after.password == \"x\"",
        "event.data.password == \"h4sh\"", "exists previous.data.token", "event.data.password contains \"h\""}) {
    CAPTURE(text);
    const auto parsed = es::Predicate::parse(text, users.type);
    REQUIRE(!parsed);
    CHECK(parsed.error().code == es::Errc::invalid_argument);
    CHECK_THAT(parsed.error().message(), Catch::Contains("secrets cannot be asked for"));
  }
  CHECK_THAT(es::Predicate::parse("name == \"Ann\" and password == \"x\"", users.type).error().message(),
             Catch::Contains("19"));
  CHECK(es::Predicate::parse("name == \"Ann\"", users.type));
}

TEST_CASE("a predicate that meets a secret which only the event tells ends with an error", "[secrets]") {
  // The program of today has no such event: its schema is in the log alone.
  const Users users;
  es::AggregateType later = es::aggregate<Later>();
  const auto stream = es::StreamId::trusted("user-1");
  for (const string text : {"event.data.password == \"h4sh\"", "exists event.data.token",
                            "event.data.codes contains \"c\"", "any(event.data.codes, it == \"c\")"}) {
    CAPTURE(text);
    const auto predicate = es::must(es::Predicate::parse(text, later));
    es::PredicateCheck check{predicate, users.schemas};
    es::Result<bool> held{false};
    REQUIRE(es::each_step(users.log, users.schemas, later, stream, {}, [&](const es::Step& step) {
      held = check.holds(step);
      return true;
    }));
    REQUIRE(!held);
    CHECK_THAT(held.error().message(), Catch::Contains("secrets cannot be asked for") && !Catch::Contains("h4sh"));
  }
}

TEST_CASE("what would be with another secret is not told and a sealed one stays the recorded one", "[secrets]") {
  const Users users;
  const auto stream = es::StreamId::trusted("user-1");
  const auto edited = [&](const string& data, es::StreamEdit::Kind kind) {
    es::StreamEdit edit{};
    edit.kind = kind;
    edit.at = es::Version{1};
    edit.type = "UserRegistered";
    edit.data = data;
    return es::EditedStream::make(users.log, users.schemas, users.type, stream, {edit});
  };
  using Kind = es::StreamEdit::Kind;
  for (const auto kind : {Kind::replace, Kind::insert}) {
    for (const string guess : {"h4sh", "wrong", ""}) {
      const auto made = edited(R"({"name":"Ann","password":")" + guess + R"(","token":"sealed","codes":[]})", kind);
      REQUIRE(!made);
      CHECK(made.error().code == es::Errc::invalid_argument);
      CHECK_THAT(made.error().message(), Catch::Contains("password") && Catch::Contains("secrets cannot be asked for"));
    }
  }
  const auto same =
      es::must(edited(R"({"name":"Ann","password":"sealed","token":"sealed","codes":["sealed"]})", Kind::replace));
  CHECK(es::must(es::what_if(users.log, users.schemas, users.type, *same)).same);
  const auto other =
      es::must(edited(R"({"name":"Bob","password":"sealed","token":"sealed","codes":["sealed"]})", Kind::replace));
  const auto found = es::must(es::what_if(users.log, users.schemas, users.type, *other));
  CHECK_FALSE(found.same);
  CHECK_THAT(found.changes.to_json(), Catch::Contains("Bob") && !Catch::Contains("password"));
}

TEST_CASE("events cannot be found by a secret", "[secrets]") {
  const Users users;
  for (const auto* const condition : {"password=h4sh", "password=sealed", "token=t0ken"}) {
    CAPTURE(condition);
    es::EventQuery query;
    query.where.push_back(es::must(es::parse_data_condition(condition)));
    const auto found = users.find(query);
    REQUIRE(!found);
    CHECK_THAT(found.error().message(), Catch::Contains("secrets cannot be asked for"));
  }
  for (const auto* const text : {"h4sh", "t0ken", "sealed"}) CHECK(es::must(users.find({.text = text})) == 0);
  CHECK(es::must(users.find({.text = "ann"})) == 1);
}

TEST_CASE("states, changes and blame show a secret as sealed", "[secrets]") {
  const Users users;
  const auto stream = es::StreamId::trusted("user-1");
  string shown;
  es::must(es::each_step(users.log, users.schemas, users.type, stream, {}, [&](const es::Step& step) {
    shown += es::must(es::state_json(users.type, step.after)) + es::changes_of(step).to_json();
    return true;
  }));
  const auto blamed = es::must(es::blame(users.log, users.schemas, users.type, stream, es::Present{}, {}, {}));
  for (const auto& value : blamed.values) shown += value.value;
  CHECK_THAT(shown, !Catch::Contains("h4sh") && !Catch::Contains("t0ken") && Catch::Contains(R"("password":"sealed")"));
}

}  // namespace secrets_test
