// Killed at any moment, a worker has counted every event once: what it committed holds, the rest is made again.
#include <sys/wait.h>
#include <csignal>
#include <random>
#include <thread>

#include "projection/unlucky.hpp"

namespace crash_test {

using namespace bank;

namespace {

// Runs all projections in a process of its own, which is killed after `patience`. Whether it was killed in its midst.
bool run_and_kill(const Office& office, const std::vector<const es::ProjectionType*>& projections, const string& path,
                  std::chrono::microseconds patience, std::size_t batch_events) {
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    auto collections = es::SqliteCollections::open(path);
    if (!collections) ::_exit(3);
    es::ProjectionWorker worker{office.log, office.aggregates, **collections, {batch_events, {}}};
    ::_exit(worker.run(projections) ? 0 : 2);
  }
  std::this_thread::sleep_for(patience);
  ::kill(child, SIGKILL);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  if (!WIFSIGNALED(status)) CHECK(WEXITSTATUS(status) == 0);
  return WIFSIGNALED(status);
}

}  // namespace

TEST_CASE("a worker that is killed again and again counts every event once", "[projection][crash]") {
  Office office;
  office.make_up(20, 3000);
  const auto undisturbed = open_collections();
  run(office, *undisturbed, office.all());
  const auto expected = dump(*undisturbed);

  std::mt19937 random{Catch::rngSeed()};
  int killed = 0;
  for (int round = 0; round < 10; ++round) {
    const WorkFolder folder;
    const auto path = folder.file("collections.sqlite");
    for (int tries = 0; tries < 4; ++tries) {
      const std::chrono::microseconds patience{random() % 60'000};
      if (run_and_kill(office, office.all(), path, patience, 1 + random() % 40)) ++killed;
    }
    const auto collections = open_collections(path);
    run(office, *collections, office.all());
    CHECK(dump(*collections) == expected);
    check_certificates(*collections, *undisturbed, office.all());
    for (const auto* const name : {"balances", "totals", "lines"})
      CHECK_FALSE((*collections->checkpoint(name))->building);
  }
  CHECK(killed > 0);
}

TEST_CASE("a worker that is killed again and again has set every event aside once", "[projection][crash]") {
  UnluckyOffice office;
  office.make_up(20, 900);
  Places places;
  std::mt19937 random{Catch::rngSeed()};
  while (places.size() < 40) places.insert(static_cast<int64_t>(1 + random() % 920));
  UnluckyOffice::let(places);
  for (int round = 0; round < 5; ++round) {
    const WorkFolder folder;
    const auto path = folder.file("collections.sqlite");
    for (int tries = 0; tries < 4; ++tries) {
      const std::chrono::microseconds patience{random() % 60'000};
      (void)run_and_kill(office, office.unlucky(), path, patience, 1 + random() % 40);
    }
    const auto collections = open_collections(path);
    run(office, *collections, office.unlucky());
    for (const auto* const projection : office.unlucky())
      CHECK(set_aside_at(*collections, projection->name()) == places);
    check_made_without(office, *collections, places);
  }
}

}  // namespace crash_test
