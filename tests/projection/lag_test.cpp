// Projections at many places catch up without reading the log once for each, and tell how fast.
#include "projection/bank_worker.hpp"
#include "projection/counting_log.hpp"

namespace lag_test {

using namespace bank;

TEST_CASE("twenty projections at twenty places read the log at most twice as far as the longest lag",
          "[projection][lag]") {
  Office office;
  const auto collections = open_collections();
  std::vector<es::ProjectionType> projections;
  for (int n = 0; n < 20; ++n) {
    auto& made = projections.emplace_back(es::projection<Balances>());
    made.shape.name += std::to_string(n);
  }
  std::vector<const es::ProjectionType*> all;
  for (const auto& projection : projections) all.push_back(&projection);
  // Each is brought to a place of its own: those further on run again and again, the others no more.
  office.make_up(30, 70);
  for (std::size_t n = 0; n < all.size(); ++n) {
    run(office, *collections, {all.begin() + static_cast<std::ptrdiff_t>(n), all.end()});
    for (int more = 0; more < 50; ++more) office.record(std::to_string(more % 15 * 2), Deposited{more}, "even");
  }
  for (std::size_t n = 1; n < all.size(); ++n)
    REQUIRE(place_of(*collections, all[n]->name()) > place_of(*collections, all[n - 1]->name()));
  const auto head = *office.log.head();
  const auto lag = head.value - place_of(*collections, all.front()->name()).value;
  REQUIRE(lag == 1000);

  CountingLog log{office.log};
  es::ProjectionWorker worker{log, office.aggregates, *collections, {GENERATE(10U, 64U, 8192U), {}}};
  const auto report = worker.run(all);
  REQUIRE(report);
  CHECK(report->left.empty());
  for (const auto* const projection : all) CHECK(place_of(*collections, projection->name()) == head);
  CHECK(log.in_order == lag);
  // Each stream is replayed once for all of them, up to where the hindmost is.
  CHECK(log.of_streams <= head.value - lag);
  CHECK(log.in_order + log.of_streams <= 2 * lag);
}

TEST_CASE("status tells how many events a second a worker passes while it works", "[projection][lag]") {
  Office office;
  office.make_up(2, 98);
  const auto collections = open_collections();
  es::WorkerOptions options{.batch_events = 10};
  options.clock = &office.clock;
  options.on_progress = [&](const es::RunProgress&) { office.clock.advance_seconds(2); };
  es::ProjectionWorker worker{office.log, office.aggregates, *collections, options};
  CHECK_FALSE(worker.status(office.balances)->events_per_second);
  REQUIRE(worker.run({&office.balances}));
  const auto rate = worker.status(office.balances)->events_per_second;
  REQUIRE(rate);
  CHECK(*rate == Approx(5));
  office.clock.advance_seconds(60);
  CHECK_FALSE(worker.status(office.balances)->events_per_second);
}

TEST_CASE("a rate is measured over the last seconds", "[projection][lag]") {
  const auto at = [](int64_t seconds) { return es::Timestamp{noon.micros + seconds * 1'000'000}; };
  es::RateWindow window{at(0), es::Position{100}};
  CHECK_FALSE(window.reached(at(0), es::Position{150}));
  CHECK(*window.reached(at(2), es::Position{200}) == Approx(50));
  CHECK(*window.reached(at(10), es::Position{200}) == Approx(10));
  CHECK(*window.reached(at(10), es::Position{201}) == Approx(10));
  CHECK(*window.reached(at(11), es::Position{1200}) == Approx(1000));
  CHECK_FALSE(window.reached(at(90), es::Position{1201}));
  CHECK_FALSE(window.reached(at(89), es::Position{1300}));
  CHECK(*window.reached(at(91), es::Position{1310}) == Approx(5));
}

}  // namespace lag_test
