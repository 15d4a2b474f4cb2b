// Reading what one has written: a thread waits until a projection has come to its event.
#include <eventstore/projection/projection_progress.hpp>

#include <thread>

#include "projection/bank_worker.hpp"

namespace progress_test {

using namespace bank;
using std::chrono::milliseconds;
using std::chrono::minutes;

TEST_CASE("a thread that waits for a projection reads what it wrote", "[progress]") {
  Office office;
  es::ProjectionProgress progress;
  const auto collections = open_collections();
  run(office, *collections, {&office.balances});
  std::jthread writer{[&] {
    office.record("ada", Opened{.owner = "ada"});
    const auto report = run(office, *collections, {&office.balances, &office.totals});
    const std::vector<const es::ProjectionType*> projections{&office.balances, &office.totals};
    progress.reached(projections, report);
  }};
  CHECK(progress.wait_until("balances", es::Position{1}, minutes{5}));
  writer.join();
  CHECK(place_of(*collections, "balances") == es::Position{1});
  CHECK(progress.position("totals") == es::Position{1});
}

TEST_CASE("a wait for a projection ends with its time or its stop", "[progress]") {
  es::ProjectionProgress progress;
  CHECK(progress.wait_until("balances", es::Position{0}, milliseconds{0}));
  CHECK_FALSE(progress.wait_until("balances", es::Position{1}, milliseconds{0}));
  progress.reached("balances", es::Position{1});
  CHECK(progress.wait_until("balances", es::Position{1}, milliseconds{0}));
  CHECK_FALSE(progress.wait_until("totals", es::Position{1}, milliseconds{1}));
  std::stop_source stop;
  std::jthread stopper{[&] { stop.request_stop(); }};
  CHECK_FALSE(progress.wait_until("balances", es::Position{2}, minutes{5}, stop.get_token()));
}

TEST_CASE("a projection that a run left behind has not come to its end", "[progress]") {
  Office office;
  es::ProjectionProgress progress;
  es::RunReport report;
  report.position = es::Position{9};
  report.left.emplace_back().name = "totals";
  const std::vector<const es::ProjectionType*> projections{&office.balances, &office.totals};
  progress.reached(projections, report);
  CHECK(progress.position("balances") == es::Position{9});
  CHECK(progress.position("totals") == es::Position{0});
}

}  // namespace progress_test
