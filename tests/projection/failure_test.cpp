// What a projection's trouble does: it stays before its event, the others go on, and the next run goes on with it.
#include <sqlite3.h>

#include "projection/bank_worker.hpp"

namespace failure_test {

using namespace bank;

namespace {

using Health = es::ProjectionStatus::Health;

es::ProjectionStatus left_of_run(const Office& office, es::Collections& collections, std::size_t batch_events) {
  auto report = run(office, collections, office.all(), batch_events);
  CHECK(report.position == *office.log.head());
  REQUIRE(report.left.size() == 1);
  return std::move(report.left.front());
}

// Everything before `at` is there, and nothing of it; the others are at the end.
void check_failed(Office& office, es::SqliteCollections& collections, const es::ProjectionStatus& left,
                  const es::ProjectionType& projection, std::uint64_t at) {
  CHECK(left.name == projection.name());
  CHECK(left.health == Health::failed);
  REQUIRE(left.error);
  CHECK(left.error->code == es::Errc::user_exception);
  CHECK(left.error->at == es::Position{at});
  CHECK(left.reason == left.error->message());
  CHECK(left.position == es::Position{at - 1});
  for (const auto* const each : office.all())
    CHECK(place_of(collections, each->name()) == (each == &projection ? es::Position{at - 1} : *office.log.head()));
  // Who looks later, and has not run it, is told the same.
  es::ProjectionWorker other{office.log, office.aggregates, collections};
  const auto seen = other.status(projection);
  REQUIRE(seen);
  CHECK(seen->health == left.health);
  CHECK(seen->reason == left.reason);
  CHECK(seen->error->at == left.error->at);
}

void check_like_fresh(Office& office, es::SqliteCollections& collections) {
  run(office, collections, office.all());
  const auto fresh = open_collections();
  run(office, *fresh, office.all());
  CHECK(dump(collections) == dump(*fresh));
}

// As a damaged file, or somebody's hand, leaves it.
void break_checkpoint(const string& path, const string& name) {
  sqlite3* file = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &file) == SQLITE_OK);
  const auto sql = "UPDATE _checkpoints SET store_id = 'none' WHERE collection = '" + name + "'";
  CHECK(sqlite3_exec(file, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(file);
}

template <class Value> class Set {
 public:
  Set(Value& place, Value value) : place_{place}, before_{std::exchange(place, value)} {}
  ~Set() { place_ = before_; }
  Set(const Set&) = delete;
  Set& operator=(const Set&) = delete;

 private:
  Value& place_;
  Value before_;
};

}  // namespace

TEST_CASE("a projection whose handler throws stays before its event and the others go on", "[projection][failure]") {
  for (const std::size_t batch : {1U, 4U, 9U, 1000U}) {
    CAPTURE(batch);
    Office office;
    office.make_up(3, 20);
    office.record("1", Deposited{666'666}, "odd");
    office.make_up(3, 10, 2);
    const auto collections = open_collections();
    {
      const Set unlucky{Totals::unlucky, int64_t{666'666}};
      const auto left = left_of_run(office, *collections, batch);
      check_failed(office, *collections, left, office.totals, 24);
      CHECK_THAT(left.reason, Catch::Contains("unlucky"));
      check_failed(office, *collections, left_of_run(office, *collections, batch), office.totals, 24);
    }
    check_like_fresh(office, *collections);
    es::ProjectionWorker worker{office.log, office.aggregates, *collections};
    CHECK(worker.status(office.totals)->health == Health::live);
    CHECK_FALSE(*collections->trouble("totals"));
  }
}

TEST_CASE("a projection of everything may throw anything", "[projection][failure]") {
  Office office;
  office.make_up(3, 20);
  const auto collections = open_collections();
  {
    const Set unlucky{Lines::unlucky, int64_t{10}};
    check_failed(office, *collections, left_of_run(office, *collections, 8), office.lines, 10);
  }
  check_like_fresh(office, *collections);
}

TEST_CASE("the very first event may be the one before which a projection stays", "[projection][failure]") {
  Office office;
  office.make_up(2, 2);
  const auto collections = open_collections();
  {
    const Set unlucky{Lines::unlucky, int64_t{1}};
    check_failed(office, *collections, left_of_run(office, *collections, 8), office.lines, 1);
  }
  check_like_fresh(office, *collections);
}

TEST_CASE("two projections may fail at one event or at different ones", "[projection][failure]") {
  const int64_t line = GENERATE(20, 24, 30);
  const std::size_t batch = GENERATE(1U, 7U, 1000U);
  CAPTURE(line, batch);
  Office office;
  office.make_up(3, 20);
  office.record("1", Deposited{666'666}, "odd");
  office.make_up(3, 10, 2);
  const auto collections = open_collections();
  {
    const Set unlucky{Totals::unlucky, int64_t{666'666}};
    const Set unlucky_line{Lines::unlucky, line};
    const auto report = run(office, *collections, office.all(), batch);
    CHECK(report.left.size() == 2);
    CHECK(place_of(*collections, "totals") == es::Position{23});
    CHECK(place_of(*collections, "lines") == es::Position{static_cast<std::uint64_t>(line) - 1});
    CHECK(place_of(*collections, "balances") == *office.log.head());
  }
  check_like_fresh(office, *collections);
}

namespace {
struct Parcels : Lines {
  static constexpr auto name = "parcels";
};
}  // namespace

TEST_CASE("an evolve that throws holds up the projections of its aggregate alone", "[projection][failure]") {
  Office office;
  office.make_up(2, 10);
  office.record("0", Cursed{true}, "even");
  office.record_raw("parcel-1", "ParcelSent", "{}");
  auto parcels = es::projection<Parcels>();
  parcels.categories = {"parcel"};
  const auto collections = open_collections();
  const auto report = run(office, *collections, {&office.balances, &office.lines, &parcels}, 5);
  REQUIRE(report.left.size() == 2);
  for (const auto& left : report.left) {
    CHECK(left.health == Health::failed);
    CHECK(left.error->code == es::Errc::user_exception);
    CHECK(left.error->at == es::Position{13});
    CHECK(left.position == es::Position{12});
  }
  CHECK(place_of(*collections, "parcels") == es::Position{14});
}

TEST_CASE("a rebuild whose handler throws says so and leaves the live collection as it is", "[projection][failure]") {
  Office office;
  office.make_up(3, 20);
  const auto collections = open_collections();
  run(office, *collections, office.all());
  const auto before = dump(*collections);
  {
    const Set unlucky{Lines::unlucky, int64_t{10}};
    es::ProjectionWorker worker{office.log, office.aggregates, *collections, {4, {}}};
    const auto rebuilt = worker.rebuild(office.lines);
    REQUIRE_FALSE(rebuilt);
    CHECK(rebuilt.error().code == es::Errc::user_exception);
    CHECK(rebuilt.error().at == es::Position{10});
    CHECK(worker.status(office.lines)->health == Health::live);
  }
  CHECK(dump(*collections) == before);
}

namespace {
struct Garbled {
  EVENTSTORE_EVENT(Garbled, "MoneyDeposited", (string, cents));
};
}  // namespace

TEST_CASE("a projection of events that cannot be read any more fails before it begins", "[projection][failure]") {
  Office office;
  office.record("ada", Opened{.owner = "ada"});
  office.record("ada", Garbled{"five"});
  const auto collections = open_collections();
  const auto report = run(office, *collections, office.all());
  REQUIRE(report.left.size() == 3);
  for (const auto& left : report.left) {
    CHECK(left.health == Health::failed);
    CHECK(left.error->code == es::Errc::unreadable_schema);
    CHECK(left.error->where == "account");
    CHECK_THAT(left.error->detail,
               Catch::StartsWith("MoneyDeposited is stored under another schema: `cents` was text"));
  }
  CHECK_FALSE(*collections->checkpoint("balances"));
  es::ProjectionWorker other{office.log, office.aggregates, *collections};
  CHECK(other.status(office.balances)->health == Health::failed);
}

TEST_CASE("a projection of an aggregate that is not registered fails", "[projection][failure]") {
  Office office;
  office.make_up(1, 1);
  office.aggregates.clear();
  const auto collections = open_collections();
  const auto report = run(office, *collections, {&office.balances, &office.lines});
  REQUIRE(report.left.size() == 1);
  CHECK(report.left.front().error->code == es::Errc::invalid_argument);
  CHECK_THAT(report.left.front().reason, Catch::Contains("regist"));
}

TEST_CASE("a checkpoint that cannot be read is the trouble of its projection", "[projection][failure]") {
  Office office;
  office.make_up(2, 4);
  const WorkFolder folder;
  const auto collections = open_collections(folder.file("c"));
  run(office, *collections, office.all());
  break_checkpoint(folder.file("c"), "totals");
  office.record("0", Deposited{5}, "even");
  es::ProjectionWorker worker{office.log, office.aggregates, *collections};
  const auto report = worker.run(office.all());
  REQUIRE(report);
  REQUIRE(report->left.size() == 1);
  CHECK(report->left.front().name == "totals");
  CHECK(report->left.front().health == Health::failed);
  CHECK(place_of(*collections, "lines") == *office.log.head());
  CHECK(worker.status(office.totals)->health == Health::failed);
  CHECK(worker.status(office.lines)->health == Health::live);
}

}  // namespace failure_test
