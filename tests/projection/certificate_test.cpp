// What a worker says a collection was made of: the same, in however many runs and batches it was made.
#include <eventstore/projection/set_aside_events.hpp>

#include <random>

#include "projection/unlucky.hpp"

namespace certificate_test {

using namespace bank;

namespace {

using Counts = std::vector<es::TypeCount>;

std::uint64_t sum_of(const es::Certificate& certificate) {
  std::uint64_t sum = 0;
  for (const auto& each : certificate.events.value()) sum += each.events;
  return sum;
}

// The types of the log's accounts, counted one by one.
Counts counted(const Office& office) {
  Counts all;
  const auto page = office.log.read_all({.from = es::Position{1}, .limit = 100'000});
  REQUIRE(page);
  for (const auto& event : page->events) es::add_type_counts(all, {{"account", string{event.type}, 1}});
  return all;
}

}  // namespace

TEST_CASE("a certificate counts the events of each type once", "[projection][certificate]") {
  Office office;
  office.make_up(5, 200);
  office.record_raw("parcel-1", "ParcelSent", "{}");
  const std::size_t batch = GENERATE(1U, 7U, 1000U);
  const auto collections = open_collections();
  run(office, *collections, office.all(), batch);
  auto all = counted(office);
  all.pop_back();  // "account" has no ParcelSent
  auto of_lines = all;
  of_lines.push_back({"parcel", "ParcelSent", 1});
  CHECK(certificate_of(*collections, "balances").events == all);
  CHECK(certificate_of(*collections, "totals").events == all);  // also the events that it ignores
  CHECK(certificate_of(*collections, "lines").events == of_lines);
  for (const auto* const projection : office.all()) {
    const auto certificate = certificate_of(*collections, projection->name());
    CHECK(certificate.first == es::Position{1});
    CHECK(certificate.last == es::Position{206});
  }
}

TEST_CASE("a certificate is the same in however many runs a collection was made", "[projection][certificate]") {
  std::mt19937 random{Catch::rngSeed()};
  Office office;
  const bool in_memory = GENERATE(true, false);
  const auto in_parts = make_collections(in_memory);
  for (int part = 0; part < 6; ++part) {
    office.make_up(3, 50, static_cast<unsigned>(part));
    std::stop_source stop;
    auto left = static_cast<int>(random() % 60);
    const auto on_progress = [&](const es::RunProgress&) {
      if (left-- <= 0) stop.request_stop();
    };
    es::ProjectionWorker worker{office.log, office.aggregates, *in_parts, {1 + random() % 9, on_progress}};
    REQUIRE(worker.run(office.all(), stop.get_token()));
  }
  run(office, *in_parts, office.all());
  const auto at_once = open_collections();
  run(office, *at_once, office.all());
  check_certificates(*in_parts, *at_once, office.all());
}

TEST_CASE("a certificate of a rebuild that was stopped is that of a single run", "[projection][certificate]") {
  Office office;
  office.make_up(4, 96);
  const auto collections = open_collections();
  const auto expected = open_collections();
  run(office, *collections, office.all());
  run(office, *expected, office.all());
  std::stop_source stop;
  const auto on_progress = [&](const es::RunProgress& now) {
    if (now.events_done >= 40) stop.request_stop();
  };
  es::ProjectionWorker stopped{office.log, office.aggregates, *collections, {10, on_progress}};
  REQUIRE(stopped.rebuild(office.totals, stop.get_token())->stopped);
  es::ProjectionWorker worker{office.log, office.aggregates, *collections};
  const auto rebuilt = worker.rebuild(office.totals);
  REQUIRE(rebuilt);
  CHECK(rebuilt->switched);
  check_certificates(*collections, *expected, office.all());
  REQUIRE(worker.roll_back(office.totals));
  check_certificates(*collections, *expected, office.all());
}

TEST_CASE("events that were set aside are not counted until a retry takes them", "[projection][certificate]") {
  UnluckyOffice office;
  office.make_up(5, 100);
  UnluckyOffice::let({3, 40, 41, 104});
  const std::size_t batch = GENERATE(1U, 13U, 1000U);
  const auto collections = make_collections(GENERATE(true, false));
  run(office, *collections, office.unlucky(), batch);
  for (const auto* const projection : office.unlucky()) {
    const auto certificate = certificate_of(*collections, projection->name());
    CHECK(sum_of(certificate) == 101);
    CHECK(certificate.set_aside.open == 4);
  }
  UnluckyOffice::let();
  es::SystemClock clock;
  es::SetAsideEvents events{office.log, office.aggregates, *collections, clock};
  REQUIRE(events.retry(office.journal, es::Position{40}));
  const auto certificate = certificate_of(*collections, "journal");
  CHECK(sum_of(certificate) == 102);
  CHECK(certificate.set_aside.open == 3);
  CHECK(certificate.digest == *collections->compute_digest(office.journal.shape, "journal"));
}

}  // namespace certificate_test
