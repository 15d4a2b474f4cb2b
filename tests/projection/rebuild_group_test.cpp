// Several rebuilds read the log together, and each ends for itself.
#include <eventstore/collections/memory/memory_collections.hpp>

#include <algorithm>
#include <random>

#include "projection/bank_worker.hpp"
#include "projection/counting_log.hpp"
#include "projection/passing_collections.hpp"

namespace rebuild_group_test {

using namespace bank;

namespace {

struct InMemory {
  es::MemoryCollections collections;
};
struct InSqlite {
  std::unique_ptr<es::SqliteCollections> engine = open_collections();
  es::SqliteCollections& collections = *engine;
};

using Report = es::RebuildReport;
using Projections = std::vector<const es::ProjectionType*>;

std::vector<string> documents(es::Collections& collections, const Projections& projections) {
  std::vector<string> all;
  for (const auto* const projection : projections)
    for (auto& line : scanned_documents(collections, *projection)) all.push_back(projection->name() + " " + line);
  return all;
}

std::vector<Report> rebuild(es::ProjectionWorker& worker, const Projections& projections,
                            const es::RebuildOptions& options = {}, const std::stop_token& stop = {}) {
  std::vector<Report> reports;
  const auto keep = [&](const es::ProjectionType& projection, const Report& report) -> es::Result<void> {
    CHECK(projection.name() == projections[reports.size()]->name());
    reports.push_back(report);
    return {};
  };
  const auto done = worker.rebuild(projections, keep, stop, options);
  if (!done) FAIL(done.error().message());
  REQUIRE(reports.size() == projections.size());
  return reports;
}

es::RebuildOptions verification() {
  es::RebuildOptions options{};
  options.compare_only = options.discard = true;
  return options;
}

}  // namespace

TEMPLATE_TEST_CASE("rebuilding together gives what rebuilding one by one gives", "[projection][rebuild]", InMemory,
                   InSqlite) {
  Office office;
  office.make_up(4, 96);
  TestType together;
  TestType alone;
  run(office, together.collections, office.all());
  run(office, alone.collections, office.all());
  office.make_up(4, 30, 2);
  es::ProjectionWorker worker{office.log, office.aggregates, together.collections, {GENERATE(10U, 8192U), {}}};
  for (const auto& report : rebuild(worker, office.all())) {
    CHECK_FALSE(report.error);
    CHECK_FALSE(report.stopped);
    CHECK(report.switched);
    CHECK(report.events == office.log.head()->value);
    CHECK(report.position == *office.log.head());
    REQUIRE(report.comparison);
    CHECK(report.comparison->is_same());
    CHECK(report.comparison->before_position == *office.log.head());
  }
  es::ProjectionWorker other{office.log, office.aggregates, alone.collections};
  for (const auto* const projection : office.all()) REQUIRE(other.rebuild(*projection));
  CHECK(documents(together.collections, office.all()) == documents(alone.collections, office.all()));
  for (const auto* const projection : office.all())
    CHECK(worker.status(*projection)->health == es::ProjectionStatus::Health::live);
}

TEST_CASE("rebuilding nothing does nothing", "[projection][rebuild]") {
  Office office;
  const auto collections = open_collections();
  es::ProjectionWorker worker{office.log, office.aggregates, *collections};
  CHECK(rebuild(worker, {}).empty());
}

TEST_CASE("a rebuild of several reads the log once, and so does their verification", "[projection][rebuild]") {
  Office office;
  const auto collections = open_collections();
  office.make_up(30, 470);
  run(office, *collections, office.all());
  office.make_up(30, 70, 2);  // which the live collections lack
  const auto head = office.log.head()->value;
  CountingLog log{office.log};
  es::ProjectionWorker worker{log, office.aggregates, *collections, {64, {}}};
  for (const auto& report : rebuild(worker, office.all())) CHECK(report.switched);
  CHECK(log.in_order == head + 100);
  CHECK(log.of_streams <= head);
  log.in_order = 0;
  for (const auto& report : rebuild(worker, office.all(), verification())) CHECK(report.comparison->is_same());
  CHECK(log.in_order == head);
}

TEMPLATE_TEST_CASE("rebuilds that are stopped again and again end as one that is not", "[projection][rebuild]",
                   InMemory, InSqlite) {
  Office office;
  office.make_up(4, 196);
  TestType test;
  run(office, test.collections, office.all());
  const auto right = documents(test.collections, office.all());
  std::mt19937 random{GENERATE(1U, 2U, 3U, 4U, 5U)};
  // One has a rebuild of before, so that it stands further on than the others.
  for (bool is_alone = true, is_done = false; !is_done; is_alone = false) {
    std::stop_source stop;
    auto left = 1 + random() % 9;
    const auto on_progress = [&](const es::RunProgress&) {
      if (--left == 0) stop.request_stop();
    };
    es::ProjectionWorker worker{office.log, office.aggregates, test.collections, {10, on_progress}};
    const auto which = is_alone ? Projections{&office.totals} : office.all();
    const auto reports = rebuild(worker, which, {}, stop.get_token());
    CHECK(documents(test.collections, office.all()) == right);
    is_done = !is_alone && std::ranges::none_of(reports, &Report::stopped);
    for (const auto& report : reports) {
      CHECK_FALSE(report.error);
      CHECK(report.switched == !report.stopped);
      if (!report.stopped) CHECK(report.comparison->is_same());
    }
  }
  CHECK(documents(test.collections, office.all()) == right);
  for (const auto* const projection : office.all()) {
    es::ProjectionWorker worker{office.log, office.aggregates, test.collections};
    CHECK_FALSE(worker.status(*projection)->rebuilding);
  }
}

TEMPLATE_TEST_CASE("a rebuild that fails holds up no other", "[projection][rebuild]", InMemory, InSqlite) {
  Office office;
  office.make_up(4, 96);
  TestType test;
  run(office, test.collections, office.all());
  const auto right = documents(test.collections, office.all());
  es::ProjectionWorker worker{office.log, office.aggregates, test.collections, {10, {}}};
  Lines::unlucky = 55;
  const Projections projections{&office.lines, &office.balances, &office.totals};
  const auto reports = rebuild(worker, projections);
  Lines::unlucky = -1;
  REQUIRE(reports[0].error);
  CHECK(reports[0].error->code == es::Errc::user_exception);
  CHECK(reports[0].error->at == es::Position{55});
  CHECK_FALSE(reports[0].switched);
  CHECK_FALSE(reports[0].stopped);
  CHECK(reports[0].events == 54);
  CHECK(reports[1].switched);
  CHECK(reports[2].switched);
  CHECK(documents(test.collections, office.all()) == right);
  CHECK(rebuild(worker, projections)[0].events == 46);
  CHECK(documents(test.collections, office.all()) == right);
}

TEST_CASE("what a report is given to may end the rebuild of the others", "[projection][rebuild]") {
  Office office;
  office.make_up(4, 20);
  const auto collections = open_collections();
  es::ProjectionWorker worker{office.log, office.aggregates, *collections};
  const auto refuse = [](const es::ProjectionType&, const Report&) -> es::Result<void> {
    return es::failure(es::Errc::out_of_space, "write", "row");
  };
  CHECK(worker.rebuild(office.all(), refuse).error().code == es::Errc::out_of_space);
  CHECK(worker.status(office.balances)->health == es::ProjectionStatus::Health::live);
  CHECK(worker.status(office.totals)->rebuilding);
}

namespace {

// Has room for one collection beside those that are there, and not for two.
class SmallDisk final : public PassingCollections {
 public:
  using PassingCollections::PassingCollections;
  es::Result<es::RoomNeeded> room_for_rebuild(std::string_view) override { return es::RoomNeeded{1000, 1600, 100}; }
};

}  // namespace

TEST_CASE("several rebuilds ask for room for all of them", "[projection][rebuild]") {
  Office office;
  office.make_up(2, 10);
  const auto collections = open_collections();
  run(office, *collections, office.all());
  SmallDisk disk{*collections};
  es::ProjectionWorker worker{office.log, office.aggregates, disk};
  const auto ignore = [](const es::ProjectionType&, const Report&) { return es::Result<void>{}; };
  const auto refused = worker.rebuild({&office.balances, &office.totals}, ignore);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == es::Errc::out_of_space);
  CHECK_THAT(refused.error().detail, Catch::Contains("2000 bytes") && Catch::Contains("1700") &&
                                         Catch::Contains("name fewer projections at once"));
  CHECK_FALSE(worker.status(office.totals)->rebuilding);
  REQUIRE(worker.rebuild(office.totals));
}

TEST_CASE("a verification of several makes no index but that of a collection that differs", "[projection][rebuild]") {
  Office office;
  office.make_up(4, 96);
  const auto collections = open_collections();
  run(office, *collections, office.all());
  class Indexing final : public PassingCollections {
   public:
    using PassingCollections::PassingCollections;
    es::Result<void> finish(const es::CollectionShape&, std::string_view name, es::Position) override {
      finished.emplace_back(name);
      return {};
    }
    std::vector<string> finished;
  };
  Indexing watched{*collections};
  es::ProjectionWorker worker{office.log, office.aggregates, watched};
  for (const auto& report : rebuild(worker, office.all(), verification())) CHECK(report.comparison->is_same());
  rows(*collections, "UPDATE balances SET cents = cents + 1 WHERE _id = (SELECT min(_id) FROM balances)");
  rows(*collections, "DELETE FROM lines WHERE position = 7");
  const auto reports = rebuild(worker, office.all(), verification());
  CHECK(reports[0].comparison->changed == 1);
  CHECK(reports[1].comparison->is_same());
  CHECK(reports[2].comparison->added == 1);
  CHECK(reports[2].comparison->same == 99);
  CHECK(watched.finished.empty());
  CHECK(rows(*collections, "SELECT 1 FROM sqlite_master WHERE name LIKE '%rebuild%'").empty());
}

}  // namespace rebuild_group_test
