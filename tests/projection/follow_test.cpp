// A worker that follows the log.
#include "projection/bank_worker.hpp"
#include "projection/passing_collections.hpp"

namespace follow_test {

using namespace bank;

namespace {

using Health = es::ProjectionStatus::Health;

// Follows the office's log. After each run the next of `steps` is taken; after the last one it stops.
struct Following {
  Office office{};
  std::unique_ptr<es::SqliteCollections> sqlite = open_collections();
  std::vector<const es::ProjectionType*> projections = office.all();
  std::vector<es::RunReport> reports{};
  std::vector<std::function<void()>> steps{};

  es::Result<es::RunReport> follow(es::Collections& collections, es::WorkerOptions options = {}) {
    options.clock = &office.clock;
    options.retry.random = [] { return 1; };
    options.retry.wait = [](std::chrono::milliseconds, const std::stop_token&) {};
    es::ProjectionWorker worker{office.log, office.aggregates, collections, options};
    const auto on_run = [&](const es::RunReport& report) {
      reports.push_back(report);
      if (reports.size() > steps.size()) return false;
      steps[reports.size() - 1]();
      return true;
    };
    return worker.follow(projections, {}, {.on_run = on_run, .patience = std::chrono::milliseconds{0}});
  }
};

class RefusingCollections final : public PassingCollections {
 public:
  using PassingCollections::PassingCollections;
  int refusals = 0;
  std::vector<std::size_t> documents{};  // of the batches of lines

  es::Result<void> commit(std::span<const es::CollectionBatch> batches) override {
    if (refusals > 0) {
      --refusals;
      return es::failure(es::Errc::out_of_space, "commit", "target");
    }
    for (const auto& batch : batches)
      if (batch.name == "lines") documents.push_back(batch.appended.size() + batch.writes.size());
    return PassingCollections::commit(batches);
  }
};

}  // namespace

TEST_CASE("a worker that follows brings new events into the collections until it is stopped", "[projection][follow]") {
  Following test;
  test.office.make_up(3, 20);
  test.steps = {[&] { test.office.make_up(1, 4, 3); }, [&] { test.office.make_up(1, 1, 4); }};
  const auto last = test.follow(*test.sqlite);
  REQUIRE(last);
  REQUIRE(test.reports.size() == 3);
  CHECK(test.reports[0].events == 23);
  CHECK(test.reports[1].events == 5);
  CHECK(last->events == 2);
  CHECK(last->position == es::Position{30});
  CHECK(place_of(*test.sqlite, "lines") == es::Position{30});
}

TEST_CASE("a worker that follows takes small batches and one that fell behind takes large ones",
          "[projection][follow]") {
  Following test;
  RefusingCollections collections{*test.sqlite};
  test.projections = {&test.office.lines};
  test.office.make_up(1, 99);
  test.steps = {[&] { test.office.make_up(1, 24, 3); }, [&] { test.office.make_up(1, 199, 4); }};
  es::WorkerOptions options{};
  options.batch_events = 100;
  REQUIRE(test.follow(collections, options));
  CHECK(collections.documents == std::vector<std::size_t>{100, 10, 10, 5, 100, 100});
}

TEST_CASE("a projection that waits is tried again when its time has come", "[projection][follow]") {
  Following test;
  test.office.make_up(3, 20);
  RefusingCollections collections{*test.sqlite};
  collections.refusals = 1000;
  test.steps = {[&] { test.office.clock.advance_seconds(2); },  // still refused
                [&] {
                  collections.refusals = 0;
                  test.office.clock.advance_seconds(3);
                }};
  REQUIRE(test.follow(collections));
  REQUIRE(test.reports.size() == 3);
  CHECK(test.reports[0].left.size() == 3);
  CHECK(test.reports[1].left.size() == 3);
  CHECK(test.reports[1].left.front().health == Health::waiting);
  CHECK(test.reports[2].left.empty());
  CHECK(place_of(*test.sqlite, "lines") == es::Position{23});
}

TEST_CASE("a projection that failed rests while the others follow and the next worker tries it again",
          "[projection][follow]") {
  Following test;
  test.office.make_up(3, 20);
  Lines::unlucky = 10;
  test.steps = {[&] {
    Lines::unlucky = -1;
    test.office.make_up(1, 4, 3);
  }};
  REQUIRE(test.follow(*test.sqlite));
  REQUIRE(test.reports.size() == 2);
  CHECK(test.reports[1].left.size() == 1);
  CHECK(test.reports[1].left.front().health == Health::failed);
  CHECK(place_of(*test.sqlite, "lines") == es::Position{9});
  CHECK(place_of(*test.sqlite, "totals") == es::Position{28});
  run(test.office, *test.sqlite, test.office.all());
  CHECK(place_of(*test.sqlite, "lines") == es::Position{28});
}

TEST_CASE("a status tells how long a collection lags behind by the time of its next event", "[projection][follow]") {
  Office office;
  office.make_up(1, 1);
  const auto collections = open_collections();
  run(office, *collections, office.all());
  es::WorkerOptions options{};
  options.clock = &office.clock;
  es::ProjectionWorker worker{office.log, office.aggregates, *collections, options};
  CHECK_FALSE(worker.status(office.lines)->lag_seconds);
  office.record("0", Deposited{1}, "even");  // a second after the one before
  office.record("0", Deposited{1}, "even");
  office.clock.advance_seconds(30);
  CHECK(worker.status(office.lines)->lag_seconds == 31);
}

TEST_CASE("a worker that follows ends when it is asked to stop", "[projection][follow]") {
  Office office;
  office.make_up(1, 3);
  const auto collections = open_collections();
  es::ProjectionWorker worker{office.log, office.aggregates, *collections};
  std::stop_source stop;
  const auto on_run = [&](const es::RunReport&) {
    stop.request_stop();
    return true;
  };
  const auto last = worker.follow(office.all(), stop.get_token(), {.on_run = on_run});
  REQUIRE(last);
  CHECK(last->events == 4);
}

}  // namespace follow_test
