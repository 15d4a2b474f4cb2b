// What stops a run, where, what stays of it, and how it goes on.
#include "projection/bank_worker.hpp"

using namespace bank;

namespace {

es::Error failure_of_run(const Office& office, es::Collections& collections,
                         const std::vector<const es::ProjectionType*>& projections, std::size_t batch_events) {
  es::ProjectionWorker worker{office.log, office.aggregates, collections, {batch_events, {}}};
  const auto report = worker.run(projections);
  REQUIRE_FALSE(report);
  return report.error();
}

// Everything before `at` is there, and nothing of it.
void check_stopped(Office& office, es::SqliteCollections& collections, const es::Error& error, es::Errc code,
                   std::uint64_t at) {
  CHECK(error.code == code);
  CHECK(error.at == es::Position{at});
  CHECK(place_of(collections, "lines") == es::Position{at - 1});
  CHECK(rows(collections, "SELECT count(*), max(position) FROM lines") ==
        std::vector<es::SqlRow>{{static_cast<int64_t>(at - 1), static_cast<int64_t>(at - 1)}});
  es::ProjectionWorker worker{office.log, office.aggregates, collections};
  CHECK(worker.status(office.lines)->position == es::Position{at - 1});
}

void check_like_fresh(Office& office, es::SqliteCollections& collections) {
  run(office, collections, office.all());
  const auto fresh = open_collections();
  run(office, *fresh, office.all());
  CHECK(dump(collections) == dump(*fresh));
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

TEST_CASE("a handler that throws stops the run before its event, and the next run goes on", "[projection][failure]") {
  for (const std::size_t batch : {1U, 4U, 9U, 1000U}) {
    CAPTURE(batch);
    Office office;
    office.make_up(3, 20);
    office.record("1", Deposited{666'666}, "odd");
    office.make_up(3, 10, 2);
    const auto collections = open_collections();
    {
      const Set unlucky{Totals::unlucky, int64_t{666'666}};
      const auto error = failure_of_run(office, *collections, office.all(), batch);
      check_stopped(office, *collections, error, es::Errc::user_exception, 24);
      CHECK_THAT(error.message(), Catch::Contains("unlucky"));
      const auto again = failure_of_run(office, *collections, office.all(), batch);
      check_stopped(office, *collections, again, es::Errc::user_exception, 24);
    }
    check_like_fresh(office, *collections);
  }
}

TEST_CASE("a projection of everything may throw anything", "[projection][failure]") {
  Office office;
  office.make_up(3, 20);
  const auto collections = open_collections();
  {
    const Set unlucky{Lines::unlucky, int64_t{10}};
    const auto error = failure_of_run(office, *collections, office.all(), 8);
    check_stopped(office, *collections, error, es::Errc::user_exception, 10);
  }
  check_like_fresh(office, *collections);
}

TEST_CASE("the very first event may be the one that stops the run", "[projection][failure]") {
  Office office;
  office.make_up(2, 2);
  const auto collections = open_collections();
  {
    const Set unlucky{Lines::unlucky, int64_t{1}};
    const auto error = failure_of_run(office, *collections, office.all(), 8);
    CHECK(error.at == es::Position{1});
    CHECK(place_of(*collections, "lines") == es::Position{0});
  }
  check_like_fresh(office, *collections);
}

TEST_CASE("an evolve that throws stops the run", "[projection][failure]") {
  Office office;
  office.make_up(2, 10);
  office.record("0", Cursed{true}, "even");
  const auto collections = open_collections();
  const auto error = failure_of_run(office, *collections, office.all(), 5);
  check_stopped(office, *collections, error, es::Errc::user_exception, 13);
}

namespace {
struct Garbled {
  EVENTSTORE_EVENT(Garbled, "MoneyDeposited", (string, cents));
};
}  // namespace

TEST_CASE("events that cannot be read any more stop the run before it begins", "[projection][failure]") {
  Office office;
  office.record("ada", Opened{.owner = "ada"});
  office.record("ada", Garbled{"five"});
  const auto collections = open_collections();
  const auto error = failure_of_run(office, *collections, office.all(), 100);
  CHECK(error.code == es::Errc::unreadable_schema);
  CHECK(error.where == "account");
  CHECK_THAT(error.detail, Catch::StartsWith("MoneyDeposited is stored under another schema: `cents` was text"));
  CHECK_FALSE(*collections->checkpoint("balances"));
}

TEST_CASE("a projection of an aggregate that is not registered is refused", "[projection][failure]") {
  Office office;
  office.make_up(1, 1);
  office.aggregates.clear();
  const auto collections = open_collections();
  const auto error = failure_of_run(office, *collections, {&office.balances}, 100);
  CHECK(error.code == es::Errc::invalid_argument);
  CHECK_THAT(error.message(), Catch::Contains("regist"));
}
