// Secrets can be asked for by nobody, and show nowhere.
#include <catch2/catch.hpp>

#include <eventstore/aggregate/aggregate_type.hpp>
#include <eventstore/aggregate/event_writer.hpp>
#include <eventstore/core/must.hpp>
#include <eventstore/history/blame.hpp>
#include <eventstore/history/find_events.hpp>
#include <eventstore/history/predicate.hpp>
#include <eventstore/history/steps.hpp>
#include <eventstore/log/memory_log.hpp>

namespace secrets_test {

namespace {

namespace es = eventstore;
using std::string;

struct Registered {
  EVENTSTORE_EVENT(Registered, "UserRegistered", (string, name), (es::Secret, password),
                   (std::optional<es::Secret>, token));
};
struct User {
  static constexpr auto category = "user";
  using events = es::Events<Registered>;
  struct State {
    EVENTSTORE_FIELDS(State, (string, name), (es::Secret, password), (std::optional<es::Secret>, token));
  };
  static void evolve(State& state, const Registered& event) { state = {event.name, event.password, event.token}; }
};

struct Users {
  Users() {
    const auto stream = es::StreamId::trusted("user-1");
    const es::DecidedEvent event{
        &es::schema_of<Registered>(),
        es::encode(Registered{.name = "Ann", .password = es::Secret{"h4sh"}, .token = es::Secret{"t0ken"}})};
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
  for (const string text : {"password == \"h4sh\"", "exists token", "size(password) == 4", "after.password == \"x\""}) {
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
