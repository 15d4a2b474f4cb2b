// Catching up: once, again, from the middle, in batches of any size, from different places.
#include <eventstore/aggregate/erasure_record.hpp>
#include <eventstore/schema/json_document.hpp>

#include "projection/bank_worker.hpp"
#include "projection/counting_log.hpp"
#include "projection/passing_collections.hpp"

namespace worker_test {

using namespace bank;

TEST_CASE("a first run brings every projection to the head, a second has nothing to do", "[projection][worker]") {
  Office office;
  office.make_up(5, 40);
  const auto collections = open_collections();
  const auto first = run(office, *collections, office.all());
  CHECK(first.events == 45);
  CHECK(first.position == es::Position{45});
  CHECK_FALSE(first.stopped);
  CHECK(first.left.empty());
  const auto after = dump(*collections);
  const auto second = run(office, *collections, office.all());
  CHECK(second.events == 0);
  CHECK(second.position == es::Position{45});
  CHECK(dump(*collections) == after);
}

TEST_CASE("an empty log gives empty collections with their indexes", "[projection][worker]") {
  const Office office;
  const auto collections = open_collections();
  CHECK(run(office, *collections, office.all()).position == es::Position{0});
  CHECK(*collections->count("balances") == 0);
  CHECK(rows(*collections, "SELECT 1 FROM sqlite_master WHERE name = 'balances_by_cents'").size() == 1);
  CHECK(run(office, *collections, {}).events == 0);
}

TEST_CASE("a run that begins in the middle of a stream knows the state before it", "[projection][worker]") {
  Office office;
  const auto collections = open_collections();
  office.record("ada", Opened{.owner = "ada"});
  office.record("ada", Deposited{100});
  run(office, *collections, office.all());
  office.record("ada", Withdrawn{30});
  run(office, *collections, office.all());
  CHECK(rows(*collections, "SELECT cents, cents_before, version, opened_at FROM balances") ==
        std::vector<es::SqlRow>{{int64_t{70}, int64_t{100}, int64_t{3}, string{"2026-01-27T12:00:01.000000Z"}}});
  CHECK(rows(*collections, "SELECT changes FROM lines WHERE position = 3") ==
        std::vector<es::SqlRow>{{string{R"({"before":{"cents":100},"after":{"cents":70}})"}}});
}

TEST_CASE("batches of any size give the same documents", "[projection][worker]") {
  Office office;
  office.make_up(7, 300);
  const auto whole = open_collections();
  run(office, *whole, office.all(), 1000);
  const auto expected = dump(*whole);
  for (const std::size_t size : {1U, 2U, 7U, 64U, 307U}) {
    CAPTURE(size);
    const auto collections = open_collections();
    run(office, *collections, office.all(), size);
    CHECK(dump(*collections) == expected);
  }
}

TEST_CASE("projections at different places meet, and each event is counted once by each", "[projection][worker]") {
  Office office;
  office.make_up(4, 50);
  const auto collections = open_collections();
  run(office, *collections, {&office.lines}, 16);
  office.make_up(4, 30, 2);
  run(office, *collections, {&office.totals}, 16);
  office.make_up(4, 20, 3);
  const auto report = run(office, *collections, office.all(), 16);
  CHECK(report.position == *office.log.head());
  const auto fresh = open_collections();
  run(office, *fresh, office.all());
  CHECK(dump(*collections) == dump(*fresh));
  for (const auto* const name : {"balances", "totals", "lines"})
    CHECK(place_of(*collections, name) == *office.log.head());
}

TEST_CASE("documents are written under the organization of their event", "[projection][worker]") {
  Office office;
  office.make_up(4, 60);
  const auto collections = open_collections();
  run(office, *collections, office.all());
  CHECK(rows(*collections,
             "SELECT DISTINCT organization_id FROM balances JOIN lines USING (organization_id) "
             "ORDER BY organization_id") == std::vector<es::SqlRow>{{string{"even"}}, {string{"odd"}}});
  CHECK(rows(*collections, "SELECT 1 FROM lines WHERE organization_id <> iif(key % 2 = 0, 'even', 'odd')").empty());
  const auto even = collections->documents(office.balances.shape, "even", "WHERE organization_id = ?1");
  REQUIRE(even);
  CHECK(even->size() == 2);
}

TEST_CASE("events of a category that this build does not know reach projections of everything",
          "[projection][worker]") {
  Office office;
  office.record("ada", Opened{.owner = "ada"});
  office.record_raw("parcel-7", "ParcelPosted", R"({"weight":3,"to":"Zürich"})");
  office.record_raw("parcel-7", "ParcelDeleted", R"({})");
  const auto collections = open_collections();
  run(office, *collections, office.all());
  CHECK(*collections->count("balances") == 1);
  CHECK(
      rows(*collections, "SELECT category, key, type, data, action FROM lines WHERE position > 1 ORDER BY position") ==
      std::vector<es::SqlRow>{
          {string{"parcel"}, string{"7"}, string{"ParcelPosted"}, string{R"({"weight":3,"to":"Zürich"})"},
           string{"create"}},
          {string{"parcel"}, string{"7"}, string{"ParcelDeleted"}, string{"{}"}, string{"update"}}});
}

TEST_CASE("a run that is asked to stop keeps what it did, and the next goes on", "[projection][worker]") {
  Office office;
  office.make_up(4, 100);
  const auto collections = open_collections();
  std::stop_source stop;
  const auto on_progress = [&](const es::RunProgress& now) {
    CHECK(now.events_total == 104);
    if (now.events_done == 30) stop.request_stop();
  };
  es::ProjectionWorker worker{office.log, office.aggregates, *collections, {10, on_progress}};
  const auto stopped = worker.run(office.all(), stop.get_token());
  REQUIRE(stopped);
  CHECK(stopped->stopped);
  CHECK(stopped->events == 30);
  CHECK(stopped->position == es::Position{30});
  CHECK(*collections->count("lines") == 30);
  CHECK(worker.status(office.lines)->health == es::ProjectionStatus::Health::building);
  const auto rest = run(office, *collections, office.all());
  CHECK(rest.events == 74);
  CHECK(worker.status(office.lines)->health == es::ProjectionStatus::Health::live);
  const auto fresh = open_collections();
  run(office, *fresh, office.all());
  CHECK(dump(*collections) == dump(*fresh));
}

namespace {
// Before its first commit another worker gets its turn.
class ContestedCollections final : public PassingCollections {
 public:
  ContestedCollections(es::Collections& collections, std::function<void()> rival)
      : PassingCollections{collections}, rival_{std::move(rival)} {}

  es::Result<void> commit(std::span<const es::CollectionBatch> batches) override {
    if (rival_) std::exchange(rival_, nullptr)();
    return PassingCollections::commit(batches);
  }

 private:
  std::function<void()> rival_;
};
}  // namespace

TEST_CASE("a worker that another one overtakes goes on from there", "[projection][worker]") {
  Office office;
  office.make_up(2, 20);
  const WorkFolder folder;
  const auto mine = open_collections(folder.file("c"));
  const auto rivals = open_collections(folder.file("c"));
  ContestedCollections contested{*mine, [&] { run(office, *rivals, office.all()); }};
  es::ProjectionWorker worker{office.log, office.aggregates, contested, {5, {}}};
  const auto overtaken = worker.run(office.all());
  REQUIRE(overtaken);
  CHECK(overtaken->left.empty());
  const auto fresh = open_collections();
  run(office, *fresh, office.all());
  CHECK(dump(*mine) == dump(*fresh));
}

TEST_CASE("a worker keeps the aggregates that it was given", "[projection][worker]") {
  Office office;
  office.make_up(2, 5);
  const auto collections = open_collections();
  auto aggregates = std::make_unique<std::vector<es::AggregateType>>(office.aggregates);
  es::ProjectionWorker worker{office.log, *aggregates, *collections};
  aggregates.reset();
  CHECK(worker.run(office.all())->events == 7);
}

TEST_CASE("a worker forgets the states that it keeps when it comes to the erasure of a person",
          "[projection][worker][erasure]") {
  Office office;
  office.make_up(2, 10);
  const CountingLog log{office.log};
  const auto collections = open_collections();
  es::ProjectionWorker worker{log, office.aggregates, *collections};
  REQUIRE(worker.run({&office.balances}));
  office.record("0", Deposited{1}, "even");
  log.of_streams = 0;
  REQUIRE(worker.run({&office.balances}));
  CHECK(log.of_streams == 0);  // the state was kept
  const auto& schema = es::schema_of<es::SubjectErased>();
  office.append("erasure-even", schema.name, schema.id, es::Codec::binary, es::encode(es::SubjectErased{"somebody"}),
                {schema.record()}, "even");
  office.record("0", Deposited{1}, "even");
  REQUIRE(worker.run({&office.balances}));
  CHECK(log.of_streams > 0);  // and is made of the log again
  const auto expected = open_collections();
  run(office, *expected, {&office.balances});
  CHECK(scanned_documents(*collections, office.balances) == scanned_documents(*expected, office.balances));
}

}  // namespace worker_test
