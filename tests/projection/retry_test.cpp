// Faults of the place of the documents: what passes by itself is tried again, and what does not stops one projection.
#include "projection/bank_worker.hpp"
#include "projection/passing_collections.hpp"

namespace retry_test {

using namespace bank;
using namespace std::chrono_literals;

namespace {

using Health = es::ProjectionStatus::Health;

// Refuses batches as `refuse` says.
class FaultyCollections final : public PassingCollections {
 public:
  using PassingCollections::PassingCollections;
  std::function<std::optional<es::Errc>(std::span<const es::CollectionBatch>)> refuse{};
  int commits = 0;

  es::Result<void> commit(std::span<const es::CollectionBatch> batches) override {
    ++commits;
    if (const auto code = refuse ? refuse(batches) : std::nullopt) return es::failure(*code, "commit", "target", "no");
    return PassingCollections::commit(batches);
  }
};

bool has(std::span<const es::CollectionBatch> batches, std::string_view name) {
  return std::any_of(batches.begin(), batches.end(), [&](const auto& batch) { return batch.name == name; });
}

// A worker whose waits take no time.
struct Patient {
  Office office;
  std::unique_ptr<es::SqliteCollections> sqlite = open_collections();
  FaultyCollections collections{*sqlite};
  std::vector<std::chrono::milliseconds> waits{};
  double random = 1;
  std::function<void()> on_wait{};

  es::WorkerOptions options(std::size_t batch_events = 10) {
    es::WorkerOptions made{};
    made.batch_events = batch_events;
    made.clock = &office.clock;
    made.retry.random = [this] { return random; };
    made.retry.wait = [this](std::chrono::milliseconds time, const std::stop_token&) {
      waits.push_back(time);
      if (on_wait) on_wait();
    };
    return made;
  }
  void check_like_undisturbed() {
    const auto fresh = open_collections();
    run(office, *fresh, office.all());
    CHECK(dump(*sqlite) == dump(*fresh));
  }
};

}  // namespace

TEST_CASE("a fault that passes is retried after growing delays and every event counts once", "[projection][retry]") {
  const auto code = GENERATE(es::Errc::locked, es::Errc::out_of_space, es::Errc::io_failed);
  Patient test;
  test.office.make_up(3, 60);
  int faults = 0;
  test.collections.refuse = [&](auto) -> std::optional<es::Errc> {
    // Three in a row, at the third batch and again at a later one.
    if ((test.collections.commits >= 3 && faults < 3) || (test.collections.commits >= 8 && faults < 6)) {
      ++faults;
      return code;
    }
    return std::nullopt;
  };
  es::ProjectionWorker worker{test.office.log, test.office.aggregates, test.collections, test.options()};
  const auto report = worker.run(test.office.all());
  REQUIRE(report);
  CHECK(report->left.empty());
  CHECK(report->events == 63);
  CHECK(faults == 6);
  CHECK(test.waits == std::vector<std::chrono::milliseconds>{1s, 2s, 4s, 1s, 2s, 4s});
  test.check_like_undisturbed();
}

TEST_CASE("the delay before a retry is between half of it and the whole and at most a minute", "[projection][retry]") {
  Patient test;
  test.random = 0;
  auto options = test.options();
  options.retry.retries_max = 9;
  options.retry.delay = 1000ms;
  test.office.make_up(1, 5);
  test.collections.refuse = [](auto) { return std::optional{es::Errc::locked}; };
  es::ProjectionWorker worker{test.office.log, test.office.aggregates, test.collections, options};
  REQUIRE(worker.run({&test.office.lines}));
  CHECK(test.waits == std::vector<std::chrono::milliseconds>{500ms, 1s, 2s, 4s, 8s, 16s, 30s, 30s, 30s});
}

TEST_CASE("after the last retry a projection waits and the next run brings it to the end", "[projection][retry]") {
  Patient test;
  test.office.make_up(3, 30);
  test.collections.refuse = [](auto) { return std::optional{es::Errc::out_of_space}; };
  es::ProjectionWorker worker{test.office.log, test.office.aggregates, test.collections, test.options()};
  const auto report = worker.run(test.office.all());
  REQUIRE(report);
  REQUIRE(report->left.size() == 3);
  for (const auto& left : report->left) {
    CHECK(left.health == Health::waiting);
    CHECK(left.retries == 3);
    CHECK(left.position == es::Position{0});
    CHECK(left.error->code == es::Errc::out_of_space);
    CHECK(left.error->at == es::Position{1});
  }
  CHECK(test.waits.size() == 3);
  CHECK(worker.status(test.office.lines)->health == Health::waiting);
  CHECK(worker.status(test.office.lines)->retries == 3);
  test.collections.refuse = nullptr;
  CHECK(worker.run(test.office.all())->left.empty());
  CHECK(worker.status(test.office.lines)->health == Health::live);
  test.check_like_undisturbed();
}

TEST_CASE("a projection whose documents cannot be written fails at its event and the others go on",
          "[projection][retry]") {
  const std::size_t batch = GENERATE(1U, 10U, 1000U);
  CAPTURE(batch);
  Patient test;
  test.office.make_up(3, 60);
  test.collections.refuse = [](std::span<const es::CollectionBatch> batches) -> std::optional<es::Errc> {
    for (const auto& each : batches)
      if (each.name == "totals" && each.from < es::Position{25} && each.to.position >= es::Position{25})
        return es::Errc::too_large;
    return std::nullopt;
  };
  es::ProjectionWorker worker{test.office.log, test.office.aggregates, test.collections, test.options(batch)};
  const auto report = worker.run(test.office.all());
  REQUIRE(report);
  REQUIRE(report->left.size() == 1);
  CHECK(report->left.front().name == "totals");
  CHECK(report->left.front().health == Health::failed);
  CHECK(report->left.front().error->code == es::Errc::too_large);
  CHECK(report->left.front().error->at == es::Position{25});
  CHECK(place_of(*test.sqlite, "totals") == es::Position{24});
  CHECK(place_of(*test.sqlite, "lines") == es::Position{63});
  CHECK(test.waits.empty());
  test.collections.refuse = nullptr;
  CHECK(worker.run(test.office.all())->left.empty());
  test.check_like_undisturbed();
}

TEST_CASE("a lasting fault of one collection makes its projection wait and no other", "[projection][retry]") {
  Patient test;
  test.office.make_up(3, 60);
  test.collections.refuse = [](auto batches) {
    return has(batches, "totals") ? std::optional{es::Errc::io_failed} : std::nullopt;
  };
  es::ProjectionWorker worker{test.office.log, test.office.aggregates, test.collections, test.options()};
  const auto report = worker.run(test.office.all());
  REQUIRE(report);
  REQUIRE(report->left.size() == 1);
  CHECK(report->left.front().name == "totals");
  CHECK(report->left.front().health == Health::waiting);
  CHECK(place_of(*test.sqlite, "balances") == es::Position{63});
  CHECK(place_of(*test.sqlite, "lines") == es::Position{63});
}

TEST_CASE("collections that cannot be written at all end the run", "[projection][retry]") {
  Patient test;
  test.office.make_up(3, 30);
  test.collections.refuse = [](auto) { return std::optional{es::Errc::read_only}; };
  es::ProjectionWorker worker{test.office.log, test.office.aggregates, test.collections, test.options()};
  const auto report = worker.run(test.office.all());
  REQUIRE_FALSE(report);
  CHECK(report.error().code == es::Errc::read_only);
}

TEST_CASE("a run that is stopped while it waits for a retry ends", "[projection][retry]") {
  Patient test;
  test.office.make_up(3, 30);
  std::stop_source stop;
  test.on_wait = [&] { stop.request_stop(); };
  test.collections.refuse = [](auto) { return std::optional{es::Errc::locked}; };
  es::ProjectionWorker worker{test.office.log, test.office.aggregates, test.collections, test.options()};
  const auto report = worker.run(test.office.all(), stop.get_token());
  REQUIRE(report);
  CHECK(report->stopped);
  CHECK(report->position == es::Position{0});
  CHECK(test.waits.size() == 1);
}

}  // namespace retry_test
