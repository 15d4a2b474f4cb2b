// What a rebuild replaced can be put back.
#include <eventstore/collections/memory/memory_collections.hpp>

#include "projection/bank_worker.hpp"
#include "projection/passing_collections.hpp"

namespace roll_back_test {

using namespace bank;
using Health = es::ProjectionStatus::Health;

namespace {

// A disk without room.
class FullDisk : public PassingCollections {
 public:
  using PassingCollections::PassingCollections;
  es::Result<es::RoomNeeded> room_for_rebuild(std::string_view) override { return es::RoomNeeded{2000, 1000}; }
};

struct Rebuilt {
  Office office;
  std::unique_ptr<es::SqliteCollections> collections = open_collections();
  es::ProjectionWorker worker{office.log, office.aggregates, *collections};
  es::ProjectionType changed = es::projection<Balances>("other code");

  Rebuilt() {
    office.make_up(4, 96);
    run(office, *collections, office.all());
  }
  [[nodiscard]] int64_t sum() { return std::get<int64_t>(rows(*collections, "SELECT sum(cents) FROM balances")[0][0]); }
};

}  // namespace

TEST_CASE("a rebuild is taken back and a worker goes on from where the collection stood", "[projection][rollback]") {
  Rebuilt test;
  const auto right = test.sum();
  REQUIRE(test.collections->rows("UPDATE balances SET cents = cents + 100"));
  const auto edited = test.sum();
  REQUIRE(test.worker.rebuild(test.office.balances));
  CHECK(test.sum() == right);
  test.office.make_up(4, 20, 2);
  REQUIRE(test.worker.run(test.office.all()));
  const auto later = test.sum();
  REQUIRE(test.worker.roll_back(test.office.balances));
  CHECK(test.sum() == edited);
  CHECK(test.worker.status(test.office.balances)->position == es::Position{100});
  REQUIRE(test.worker.run(test.office.all()));
  CHECK(test.worker.status(test.office.balances)->position == *test.office.log.head());
  REQUIRE(test.worker.roll_back(test.office.balances));
  CHECK(test.sum() == later);
}

TEST_CASE("a collection of other code that was put back is stale", "[projection][rollback]") {
  Rebuilt test;
  REQUIRE(test.worker.rebuild(test.changed));
  CHECK(test.worker.status(test.changed)->health == Health::live);
  REQUIRE(test.worker.roll_back(test.changed));
  const auto status = test.worker.status(test.changed);
  CHECK(status->health == Health::stale);
  CHECK_THAT(status->reason, Catch::Contains("its code changed"));
  CHECK(test.worker.status(test.office.balances)->health == Health::live);  // for the build that made it
}

TEST_CASE("nothing is put back before the first rebuild and while the next one is built", "[projection][rollback]") {
  Rebuilt test;
  CHECK(test.worker.roll_back(test.office.balances).error().code == es::Errc::not_found);
  REQUIRE(test.worker.rebuild(test.office.balances));
  es::RebuildOptions options{};
  options.compare_only = true;
  REQUIRE(test.worker.rebuild(test.changed, {}, options));
  const auto refused = test.worker.roll_back(test.office.balances);
  REQUIRE_FALSE(refused);
  CHECK_THAT(refused.error().message(), Catch::Contains("a later one has begun"));
}

TEST_CASE("a rebuild for which there is no room is not begun", "[projection][rollback]") {
  Rebuilt test;
  FullDisk full{*test.collections};
  es::ProjectionWorker worker{test.office.log, test.office.aggregates, full};
  const auto refused = worker.rebuild(test.office.balances);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == es::Errc::out_of_space);
  CHECK_THAT(refused.error().message(), Catch::Contains("2000 bytes") && Catch::Contains("1000"));
  CHECK_FALSE(worker.status(test.office.balances)->rebuilding);
}

TEST_CASE("a worker that follows in another process goes on after the switch", "[projection][rollback]") {
  const WorkFolder folder;
  Office office;
  office.make_up(4, 96);
  const auto live = open_collections(folder.file("c"));
  es::ProjectionWorker follower{office.log, office.aggregates, *live};
  REQUIRE(follower.run(office.all()));
  const auto other = open_collections(folder.file("c"));
  es::ProjectionWorker rebuilder{office.log, office.aggregates, *other};
  for (unsigned round = 0; round < 3; ++round) {
    office.make_up(4, 10, 2 + round);
    REQUIRE(rebuilder.rebuild(office.totals));
    if (round == 1) REQUIRE(rebuilder.roll_back(office.totals));
    office.make_up(4, 10, 20 + round);
    const auto report = follower.run(office.all());
    REQUIRE(report);
    CHECK(report->left.empty());
  }
  const auto alone = open_collections();
  run(office, *alone, office.all());
  CHECK(dump(*live) == dump(*alone));
}

}  // namespace roll_back_test
