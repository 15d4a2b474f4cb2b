// A projection that sets events aside goes on without them, and what it set aside is committed with its documents.
#include "projection/passing_collections.hpp"
#include "projection/unlucky.hpp"

namespace set_aside_test {

using namespace bank;
using Health = es::ProjectionStatus::Health;

namespace {

void check_set_aside(UnluckyOffice& office, es::Collections& collections, const Places& places) {
  for (const auto* const projection : office.unlucky()) {
    CAPTURE(projection->name());
    CHECK(set_aside_at(collections, projection->name()) == places);
  }
  check_made_without(office, collections, places);
}

}  // namespace

TEST_CASE("documents are those without the events that were set aside in batches of any size",
          "[projection][set_aside]") {
  const bool in_memory = GENERATE(true, false);
  const std::size_t batch = GENERATE(1U, 2U, 5U, 9U, 1000U);
  const auto places = GENERATE(Places{1}, Places{14}, Places{7, 8, 9}, Places{1, 2, 13, 14}, Places{5, 7, 9},
                               Places{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14});
  CAPTURE(in_memory, batch);
  UnluckyOffice office;
  office.make_up(4, 10);
  const auto collections = make_collections(in_memory);
  UnluckyOffice::let(places);
  const auto report = run(office, *collections, office.unlucky(), batch);
  CHECK(report.left.empty());
  CHECK(report.events == 14);
  CHECK(report.set_aside == 3 * places.size());
  check_set_aside(office, *collections, places);
}

TEST_CASE("an event is set aside with what is known of it", "[projection][set_aside]") {
  UnluckyOffice office;
  office.make_up(2, 4);
  office.record("1", Deposited{5}, "odd");
  const auto event = office.log.read_all({.from = es::Position{7}, .limit = 1});
  REQUIRE(event);
  const auto collections = make_collections(GENERATE(true, false));
  UnluckyOffice::let({7});
  es::WorkerOptions options{};
  options.clock = &office.clock;
  es::ProjectionWorker worker{office.log, office.aggregates, *collections, options};
  REQUIRE(worker.run(office.unlucky()));
  const auto events = *collections->set_aside("latest");
  REQUIRE(events.size() == 1);
  CHECK(events.front().position == es::Position{7});
  CHECK(events.front().stream == "account-1");
  CHECK(events.front().type == "MoneyDeposited");
  CHECK(events.front().event_id == event->events.front().id.uuid);
  CHECK(events.front().noted_at == office.clock.now());
  CHECK(events.front().attempts == 1);
  CHECK(events.front().error.code == es::Errc::user_exception);
  CHECK(events.front().error.at == es::Position{7});
  CHECK_THAT(events.front().error.detail, Catch::Contains("unlucky"));
  const auto status = *worker.status(office.latest);
  CHECK(status.health == Health::live);
  CHECK(status.set_aside == es::SetAsideCounts{1, 0});
  CHECK(es::is_unwell(status));
  CHECK_FALSE(*collections->trouble("latest"));
}

TEST_CASE("a projection that stops and one that sets aside may meet one event", "[projection][set_aside]") {
  const std::size_t batch = GENERATE(1U, 4U, 1000U);
  CAPTURE(batch);
  UnluckyOffice office;
  office.make_up(3, 20);
  const auto collections = open_collections();
  UnluckyOffice::let({9, 10});
  auto stops = es::projection<Journal>();
  stops.shape.name = "stops";
  stops.on_failure = es::OnFailure::stop;
  const auto report = run(office, *collections, {&office.latest, &stops, &office.sums, &office.journal}, batch);
  REQUIRE(report.left.size() == 1);
  CHECK(report.left.front().name == "stops");
  CHECK(report.left.front().error->at == es::Position{9});
  CHECK(place_of(*collections, "stops") == es::Position{8});
  CHECK(set_aside_at(*collections, "stops").empty());
  check_set_aside(office, *collections, {9, 10});
}

TEST_CASE("where an evolve throws the later events of the stream are set aside behind it", "[projection][set_aside]") {
  const std::size_t batch = GENERATE(1U, 5U, 1000U);
  const bool in_memory = GENERATE(true, false);
  UnluckyOffice office;
  office.make_up(2, 10);
  office.record("0", Cursed{true}, "even");
  office.record("1", Deposited{5}, "odd");
  office.record("0", Deposited{6}, "even");
  office.record("1", Deposited{7}, "odd");
  const auto collections = make_collections(in_memory);
  const auto report = run(office, *collections, office.unlucky(), batch);
  CHECK(report.left.empty());
  for (const auto* const projection : office.unlucky()) {
    CHECK(set_aside_at(*collections, projection->name()) == Places{13, 15});
    CHECK(place_of(*collections, projection->name()) == es::Position{16});
  }
  CHECK(documents(*collections, office.latest).back().position == 16);
}

TEST_CASE("so many events that they have a common cause stop the projection", "[projection][set_aside]") {
  UnluckyOffice office;
  office.make_up(2, 20);
  const auto collections = make_collections(GENERATE(true, false));
  UnluckyOffice::let({4, 6, 8, 10, 12});
  es::WorkerOptions options{.batch_events = GENERATE(1U, 7U, 1000U)};
  options.set_aside_max = 3;
  es::ProjectionWorker worker{office.log, office.aggregates, *collections, options};
  for (int runs = 0; runs < 2; ++runs) {
    const auto report = worker.run(office.unlucky());
    REQUIRE(report);
    REQUIRE(report->left.size() == 3);
    for (const auto& left : report->left) {
      CHECK(left.health == Health::failed);
      CHECK(left.position == es::Position{9});
      CHECK(left.error->at == es::Position{10});
      CHECK_THAT(left.reason, Catch::Contains("it was not set aside, because 3 events are already"));
    }
  }
  CHECK(set_aside_at(*collections, "sums") == Places{4, 6, 8});
}

TEST_CASE("a rebuild begins without the events that were set aside and sets its own aside", "[projection][set_aside]") {
  UnluckyOffice office;
  office.make_up(3, 20);
  const auto collections = make_collections(GENERATE(true, false));
  UnluckyOffice::let({5, 6});
  run(office, *collections, office.unlucky(), 4);
  UnluckyOffice::let({6, 17});
  for (const auto* const projection : office.unlucky()) {
    es::ProjectionWorker worker{office.log, office.aggregates, *collections, {4, {}}};
    std::stop_source stop;
    es::WorkerOptions stopping{4, [&](const es::RunProgress& now) {
                                 if (now.events_done >= 12) stop.request_stop();
                               }};
    es::ProjectionWorker stopped{office.log, office.aggregates, *collections, stopping};
    REQUIRE(stopped.rebuild(*projection, stop.get_token())->stopped);
    CHECK(set_aside_at(*collections, projection->name()) == Places{5, 6});
    REQUIRE(worker.rebuild(*projection));
    CHECK(status_of(office, *collections, *projection).set_aside == es::SetAsideCounts{2, 0});
  }
  check_set_aside(office, *collections, {6, 17});
}

namespace {

// Fails at one commit, before or after it was done, as if the answer was lost.
class FailsOnce : public PassingCollections {
 public:
  FailsOnce(es::Collections& collections, int at, bool is_done)
      : PassingCollections{collections}, at_{at}, is_done_{is_done} {}
  es::Result<void> commit(std::span<const es::CollectionBatch> batches) override {
    if (++commits_ != at_) return PassingCollections::commit(batches);
    has_failed_ = true;
    if (is_done_) REQUIRE(PassingCollections::commit(batches));
    return es::failure(es::Errc::read_only, "commit batch", "", "the power is gone");
  }
  [[nodiscard]] bool has_failed() const { return has_failed_; }

 private:
  const int at_;
  const bool is_done_;
  int commits_ = 0;
  bool has_failed_ = false;
};

}  // namespace

TEST_CASE("a failure at any commit sets nothing aside twice or without its batch", "[projection][set_aside]") {
  const bool in_memory = GENERATE(true, false);
  const bool is_done = GENERATE(true, false);
  CAPTURE(in_memory, is_done);
  UnluckyOffice office;
  office.make_up(3, 17);
  UnluckyOffice::let({1, 6, 7, 20});
  bool failed = true;
  for (int at = 1; failed; ++at) {
    CAPTURE(at);
    const auto collections = make_collections(in_memory);
    FailsOnce failing{*collections, at, is_done};
    es::ProjectionWorker worker{office.log, office.aggregates, failing, {3, {}}};
    failed = !worker.run(office.unlucky());
    CHECK(failed == failing.has_failed());
    // What was committed is right up to there.
    for (const auto* const projection : office.unlucky()) {
      Places before;
      const auto checkpoint = *collections->checkpoint(projection->name());
      for (const auto place : Unlucky::throws_at)
        if (checkpoint && place <= static_cast<int64_t>(checkpoint->position.value)) before.insert(place);
      CHECK(set_aside_at(*collections, projection->name()) == before);
    }
    run(office, *collections, office.unlucky(), 3);
    check_set_aside(office, *collections, {1, 6, 7, 20});
  }
}

}  // namespace set_aside_test
