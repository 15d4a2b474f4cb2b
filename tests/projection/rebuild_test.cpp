// A rebuild goes beside the live collection, which stays readable until the switch.
#include "projection/bank_worker.hpp"

namespace rebuild_test {

using namespace bank;

namespace {

struct Rebuild {
  Office office;
  std::unique_ptr<es::SqliteCollections> collections = open_collections();
  std::stop_source stop;

  Rebuild() {
    office.make_up(4, 96);
    run(office, *collections, office.all());
  }
  // Rebuilds in batches of 10, calling `between` after each.
  es::RunReport rebuild(const es::ProjectionType& projection,
                        const std::function<void(std::uint64_t done)>& between = {}) {
    std::uint64_t seen = 0;
    const auto on_progress = [&](const es::RunProgress& now) {
      if (between && now.events_done != seen) between(seen = now.events_done);
    };
    es::ProjectionWorker worker{office.log, office.aggregates, *collections, {10, on_progress}};
    auto report = worker.rebuild(projection, stop.get_token());
    if (!report) FAIL(report.error().message());
    stop = {};
    return std::move(*report);
  }
  es::RunReport rebuild_and_stop_at(const es::ProjectionType& projection, std::uint64_t at) {
    return rebuild(projection, [&, at](std::uint64_t done) {
      if (done >= at) stop.request_stop();
    });
  }
  es::ProjectionStatus status(const es::ProjectionType& projection) {
    es::ProjectionWorker worker{office.log, office.aggregates, *collections};
    return *worker.status(projection);
  }
};

// As Totals, but it counts double.
struct DoubleTotals : Totals {
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, twice));
  };
  static void project(const Deposited& e, const es::Change<Account>&, es::Operations<Document>& to) {
    to.increment<&Document::twice>(std::to_string(e.cents % 10), {2});
  }
  static void project(const Withdrawn&, const es::Change<Account>&, es::Operations<Document>&) {}
};

}  // namespace

TEST_CASE("a rebuild gives what the live collection has, by the same ids", "[projection][rebuild]") {
  Rebuild test;
  const auto before = dump(*test.collections);
  for (const auto* const projection : test.office.all()) CHECK(test.rebuild(*projection).events == 100);
  CHECK(dump(*test.collections) == before);
  CHECK(test.status(test.office.totals).health == es::ProjectionStatus::Health::live);
  CHECK(rows(*test.collections, "SELECT 1 FROM sqlite_master WHERE name LIKE '%rebuild%'").empty());
  test.office.make_up(4, 10, 2);
  CHECK(run(test.office, *test.collections, test.office.all()).left.empty());
}

TEST_CASE("the live collection is read as it is until the switch", "[projection][rebuild]") {
  Rebuild test;
  const WorkFolder folder;
  test.collections = open_collections(folder.file("c"));
  run(test.office, *test.collections, test.office.all());
  const auto reader = open_collections(folder.file("c"));
  const auto before = dump(*reader);
  const auto doubled = es::projection<DoubleTotals>();
  int looked = 0;
  test.rebuild(doubled, [&](std::uint64_t) {
    CHECK(dump(*reader) == before);
    ++looked;
  });
  CHECK(looked == 10);
  CHECK(rows(*reader, "SELECT sum(twice) % 2 FROM totals") == std::vector<es::SqlRow>{{int64_t{0}}});
}

TEST_CASE("a rebuild that was stopped goes on where it stopped", "[projection][rebuild]") {
  Rebuild test;
  const auto before = dump(*test.collections);
  const auto stopped = test.rebuild_and_stop_at(test.office.totals, 40);
  CHECK(stopped.stopped);
  CHECK(dump(*test.collections) == before);
  auto status = test.status(test.office.totals);
  CHECK(status.health == es::ProjectionStatus::Health::live);
  CHECK(status.rebuilding);
  CHECK(status.rebuild_position == es::Position{40});
  const auto rest = test.rebuild(test.office.totals);
  CHECK(rest.events == 60);
  CHECK_FALSE(test.status(test.office.totals).rebuilding);
  CHECK(dump(*test.collections) == before);
}

TEST_CASE("a rebuild that other code began is begun anew", "[projection][rebuild]") {
  Rebuild test;
  test.rebuild_and_stop_at(test.office.totals, 40);
  const auto doubled = es::projection<DoubleTotals>();
  CHECK(test.rebuild(doubled).events == 100);
  CHECK(test.status(doubled).health == es::ProjectionStatus::Health::live);
}

TEST_CASE("the live collection moves on while a rebuild is stopped", "[projection][rebuild]") {
  Rebuild test;
  test.rebuild_and_stop_at(test.office.totals, 40);
  test.office.make_up(4, 20, 2);
  run(test.office, *test.collections, test.office.all());
  const auto before = dump(*test.collections);
  CHECK(test.rebuild(test.office.totals).position == *test.office.log.head());
  CHECK(dump(*test.collections) == before);
}

TEST_CASE("a rebuild of what was never made makes it", "[projection][rebuild]") {
  Office office;
  office.make_up(2, 10);
  const auto collections = open_collections();
  es::ProjectionWorker worker{office.log, office.aggregates, *collections};
  REQUIRE(worker.rebuild(office.balances));
  CHECK(worker.status(office.balances)->health == es::ProjectionStatus::Health::live);
  CHECK(*collections->count("balances") == 2);
  CHECK(rows(*collections, "SELECT 1 FROM sqlite_master WHERE name = 'balances_by_cents'").size() == 1);
}

TEST_CASE("a rebuild that fails leaves the live collection alone", "[projection][rebuild]") {
  Rebuild test;
  const auto before = dump(*test.collections);
  Lines::unlucky = 55;
  es::ProjectionWorker worker{test.office.log, test.office.aggregates, *test.collections, {10, {}}};
  const auto failed = worker.rebuild(test.office.lines);
  Lines::unlucky = -1;
  REQUIRE_FALSE(failed);
  CHECK(failed.error().at == es::Position{55});
  CHECK(dump(*test.collections) == before);
  CHECK(test.status(test.office.lines).rebuild_position == es::Position{54});
  CHECK(test.rebuild(test.office.lines).events == 46);
  CHECK(dump(*test.collections) == before);
}

}  // namespace rebuild_test
