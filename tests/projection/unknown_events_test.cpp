// Projections of a log that has events of a newer build.
#include "projection/bank_worker.hpp"

namespace unknown_events_test {

using namespace bank;

namespace {

struct Teleported {
  EVENTSTORE_EVENT(Teleported, "AccountTeleported", (string, where));
};
// The account of the newer build, whose state looks the same.
struct NewerAccount {
  static constexpr auto category = "account";
  using events = es::Events<Opened, Deposited, Teleported>;
  using State = Account::State;
  static void evolve(State&, const Opened&) {}
  static void evolve(State& s, const Deposited& e) { s.cents += e.cents; }
  static void evolve(State& s, const Teleported& e) { s.opened_by = e.where; }
};

struct LenientBalances : Balances {
  static constexpr auto name = "lenient_balances";
  static constexpr bool passes_over_unknown = true;
};
struct StrictLines : Lines {
  static constexpr auto name = "strict_lines";
  static constexpr bool passes_over_unknown = false;
};

// Three events of an account, the second of which is the newer build's, `raw` or by its schema.
struct FutureOffice : Office {
  es::ProjectionType lenient = es::projection<LenientBalances>();
  es::ProjectionType strict = es::projection<StrictLines>();
  std::unique_ptr<es::SqliteCollections> collections = open_collections();

  explicit FutureOffice(bool is_raw) {
    record("ada", Opened{.owner = "ada"});
    if (is_raw)
      record_raw("account-ada", "AccountTeleported", R"({"where":"mars"})");
    else
      record("ada", Teleported{"mars"});
    record("ada", Deposited{7});
  }
  es::ProjectionStatus status(const es::ProjectionType& projection) {
    es::ProjectionWorker worker{log, aggregates, *collections};
    auto status = worker.status(projection);
    if (!status) FAIL(status.error().message());
    return std::move(*status);
  }
};

const std::vector<es::PassedOverType> once{{"account", "AccountTeleported", es::Position{2}, 1}};

}  // namespace

TEST_CASE("a projection is held before an event that this build does not know and the others go on",
          "[projection][unknown]") {
  const bool is_raw = GENERATE(true, false);
  const std::size_t batch = GENERATE(1U, 2U, 100U);
  CAPTURE(is_raw, batch);
  FutureOffice office{is_raw};
  const std::vector<const es::ProjectionType*> all{&office.balances, &office.lines, &office.lenient, &office.strict};
  for (int times = 1; times <= 2; ++times) {
    const auto report = run(office, *office.collections, all, batch);
    CHECK(report.position == es::Position{3});
    REQUIRE(report.left.size() == 2);
    for (const auto& left : report.left) {
      CHECK(left.health == es::ProjectionStatus::Health::held);
      CHECK(left.position == es::Position{1});
      CHECK(left.reason ==
            "position 2 has AccountTeleported of account-ada, which this build does not know: use the build that wrote "
            "it, add it to the aggregate's events, or let the projection pass over unknown events");
      CHECK(office.status(left.name == "balances" ? office.balances : office.strict).health == left.health);
    }
  }
  CHECK(place_of(*office.collections, "lines") == es::Position{3});
  CHECK(place_of(*office.collections, "lenient_balances") == es::Position{3});
  // What is there may be asked for: it is right up to its place.
  CHECK(es::check_live(office.log, office.balances, *office.collections, office.aggregates));
}

TEST_CASE("events that are passed over are listed", "[projection][unknown]") {
  const std::size_t batch = GENERATE(1U, 2U, 100U);
  CAPTURE(batch);
  FutureOffice office{true};
  office.record_raw("account-bo", "AccountTeleported", "{}");
  office.record_raw("account-bo", "AccountAudited", "{}");
  office.record_raw("parcel-1", "ParcelSent", "{}");  // a category without code has no state to be wrong
  const auto unlucky = [&] { run(office, *office.collections, {&office.lenient, &office.lines}, batch); };
  unlucky();
  const auto lenient = office.status(office.lenient);
  CHECK(lenient.health == es::ProjectionStatus::Health::live);
  CHECK(lenient.passed_over == std::vector<es::PassedOverType>{{"account", "AccountAudited", es::Position{5}, 1},
                                                               {"account", "AccountTeleported", es::Position{2}, 2}});
  CHECK(office.status(office.lines).passed_over == lenient.passed_over);
  const auto types_of = [&](std::string_view name) { return certificate_of(*office.collections, name).events->size(); };
  CHECK(types_of("lenient_balances") == 2);  // the collection is without the others
  CHECK(types_of("lines") == 5);
  office.record_raw("account-bo", "AccountTeleported", "{}");
  unlucky();
  CHECK(office.status(office.lenient).passed_over.back().events == 3);
  // The document of the account is of its last known event; the event itself is a line.
  CHECK(rows(*office.collections, "SELECT cents, version FROM lenient_balances WHERE cents = 7") ==
        std::vector<es::SqlRow>{{int64_t{7}, int64_t{3}}});
  CHECK(rows(*office.collections, "SELECT type, data, changes FROM lines WHERE position = 2") ==
        std::vector<es::SqlRow>{
            {string{"AccountTeleported"}, string{R"({"where":"mars"})"}, string{R"({"before":{},"after":{}})"}}});
}

TEST_CASE("a handler that throws after an event that was passed over counts that event once", "[projection][unknown]") {
  FutureOffice office{true};
  Lines::unlucky = 3;
  es::ProjectionWorker worker{office.log, office.aggregates, *office.collections};
  const auto failed = worker.run({&office.lines});
  REQUIRE(failed);
  CHECK(failed->left.size() == 1);
  Lines::unlucky = -1;
  CHECK(office.status(office.lines).passed_over == once);
  CHECK(worker.run({&office.lines})->left.empty());
  CHECK(office.status(office.lines).passed_over == once);
}

TEST_CASE("a build that knows a type remakes what was made without it", "[projection][unknown]") {
  const bool is_raw = GENERATE(true, false);
  CAPTURE(is_raw);
  FutureOffice office{is_raw};
  run(office, *office.collections, {&office.lines, &office.strict});
  office.aggregates = {es::aggregate<NewerAccount>()};
  const auto stale = office.status(office.lines);
  CHECK(stale.health == es::ProjectionStatus::Health::stale);
  CHECK(stale.reason == "it passed over AccountTeleported once, a type that this build knows");
  const auto refused = es::check_live(office.log, office.lines, *office.collections, office.aggregates);
  REQUIRE_FALSE(refused);
  CHECK_THAT(refused.error().message(), Catch::Contains(stale.reason) && Catch::Contains("project rebuild lines"));

  es::ProjectionWorker worker{office.log, office.aggregates, *office.collections};
  const auto report = worker.run({&office.lines, &office.strict});
  REQUIRE(report);
  CHECK(report->left.size() == 1);  // the held one has passed over nothing, and goes on
  CHECK(place_of(*office.collections, "strict_lines") == es::Position{3});
  REQUIRE(worker.rebuild(office.lines));
  CHECK(office.status(office.lines).passed_over.empty());
  CHECK(rows(*office.collections, "SELECT changes FROM lines WHERE position > 1 ORDER BY position") ==
        std::vector<es::SqlRow>{{string{R"({"before":{"opened_by":""},"after":{"opened_by":"mars"}})"}},
                                {string{R"({"before":{"cents":0},"after":{"cents":7}})"}}});
}

TEST_CASE("a rebuild that would be held leaves the live collection as it is", "[projection][unknown]") {
  FutureOffice office{true};
  run(office, *office.collections, {&office.strict});
  es::ProjectionWorker worker{office.log, office.aggregates, *office.collections};
  const auto rebuilt = worker.rebuild(office.strict);
  REQUIRE_FALSE(rebuilt);
  CHECK(rebuilt.error().code == es::Errc::unknown_event_type);
  CHECK(rebuilt.error().at == es::Position{2});
  CHECK(place_of(*office.collections, "strict_lines") == es::Position{1});
}

}  // namespace unknown_events_test
