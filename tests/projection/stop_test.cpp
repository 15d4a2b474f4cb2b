// A run is stopped within a batch or an index, and its batches are bounded by bytes; the documents are the same.
#include <set>

#include "projection/bank_worker.hpp"

namespace stop_test {

using namespace bank;

namespace {

// Asks for a stop when it has been given so many events; by then the batch is not full.
struct Stopping {
  static constexpr auto name = "stopping";
  static inline std::stop_source* source = nullptr;
  static inline int events_left = -1;
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, position));
  };
  using reads = es::Everything;
  static void project(const es::AnyChange& c, es::Operations<Document>& to) {
    if (source != nullptr && events_left-- == 0) source->request_stop();
    to.append(c, {static_cast<int64_t>(c.event().position.value)});
  }
};

std::vector<es::SqlRow> undisturbed(const Office& office) {
  const auto collections = open_collections();
  run(office, *collections, office.all());
  return dump(*collections);
}

}  // namespace

TEST_CASE("a stop within a batch ends the run before the batch", "[projection][stop]") {
  Office office;
  office.make_up(2, 100);
  const auto collections = open_collections();
  const auto stopping = es::projection<Stopping>();
  std::stop_source stop;
  Stopping::source = &stop;
  Stopping::events_left = 50;
  es::ProjectionWorker worker{office.log, office.aggregates, *collections, {40, {}}};
  const auto stopped = worker.run({&stopping}, stop.get_token());
  Stopping::source = nullptr;
  REQUIRE(stopped);
  CHECK(stopped->stopped);
  CHECK(stopped->events == 40);
  CHECK(stopped->position == es::Position{40});
  CHECK(place_of(*collections, "stopping") == es::Position{40});
  const auto rest = worker.run({&stopping});
  REQUIRE(rest);
  CHECK_FALSE(rest->stopped);
  CHECK(rest->events == 62);
  CHECK(*collections->count("stopping") == 102);
  CHECK(rows(*collections, "SELECT count(*) FROM stopping") == std::vector<es::SqlRow>{{int64_t{102}}});
}

TEST_CASE("a stop while indexes are made leaves a collection that the next run finishes", "[projection][stop]") {
  for (const double at : {0.701, 0.75, 0.9}) {
    CAPTURE(at);
    Office office;
    office.make_up(5, 3000);
    const auto collections = open_collections();
    std::stop_source stop;
    double last = 0;
    const auto on_progress = [&](const es::RunProgress& now) {
      CHECK(now.part >= last);
      last = now.part;
      if (now.part >= at) stop.request_stop();
    };
    es::ProjectionWorker worker{office.log, office.aggregates, *collections, {1000, on_progress}};
    const auto stopped = worker.run(office.all(), stop.get_token());
    REQUIRE(stopped);
    CHECK(stopped->stopped);
    CHECK(stopped->events == 3005);
    CHECK(worker.status(office.lines)->health == es::ProjectionStatus::Health::building);
    office.record("0", Deposited{1}, "even");  // and the log goes on meanwhile
    run(office, *collections, office.all());
    CHECK(worker.status(office.lines)->health == es::ProjectionStatus::Health::live);
    CHECK(dump(*collections) == undisturbed(office));
  }
}

TEST_CASE("an exception of the progress function ends the making of indexes and the next run makes them",
          "[projection][stop]") {
  Office office;
  office.make_up(5, 3000);
  const auto collections = open_collections();
  const auto throwing = [](const es::RunProgress& now) {
    if (now.part > 0.8) throw std::runtime_error{"enough"};
  };
  es::ProjectionWorker worker{office.log, office.aggregates, *collections, {1000, throwing}};
  const auto failed = worker.run(office.all());
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == es::Errc::user_exception);
  run(office, *collections, office.all());
  CHECK(dump(*collections) == undisturbed(office));
}

TEST_CASE("the progress of a run grows to the whole", "[projection][stop]") {
  Office office;
  office.make_up(5, 300);
  const auto collections = open_collections();
  std::vector<double> parts;
  const auto on_progress = [&](const es::RunProgress& now) { parts.push_back(now.part); };
  es::ProjectionWorker worker{office.log, office.aggregates, *collections, {100, on_progress}};
  REQUIRE(worker.run(office.all()));
  CHECK(std::is_sorted(parts.begin(), parts.end()));
  CHECK(parts.back() == Approx(1));
  parts.clear();
  office.record("0", Deposited{1}, "even");
  REQUIRE(worker.run(office.all()));
  CHECK(parts == std::vector<double>{1});  // indexes that are there are no work
}

TEST_CASE("batches that are bounded by bytes make the same documents", "[projection][stop]") {
  Office office;
  office.make_up(5, 300);
  const auto expected = undisturbed(office);
  for (const std::size_t bytes : {1U, 5'000U, 50'000U}) {
    CAPTURE(bytes);
    const auto collections = open_collections();
    std::set<std::uint64_t> ends;
    const auto on_progress = [&](const es::RunProgress& now) { ends.insert(now.events_done); };
    es::ProjectionWorker worker{office.log, office.aggregates, *collections, {8192, on_progress, bytes}};
    REQUIRE(worker.run(office.all()));
    CHECK(ends.size() > 1);
    CHECK((bytes > 1 || ends.size() == 305));
    CHECK(dump(*collections) == expected);
  }
}

namespace {

// What no projection should do: several documents of one event, and a key of an event in another operation.
struct Repeated {
  static constexpr auto name = "repeated";
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, text));
  };
  using reads = es::Everything;
  static void project(const es::AnyChange& c, es::Operations<Document>& to) {
    const auto position = c.event().position.value;
    if (position % 4 == 0) to.put(c.event_key(), {"put before"});
    to.append(c, {"first"});
    to.append(c, {"second"});
    if (position % 4 == 1) to.put(c.event_key(), {"put after"});
    if (position % 4 == 2) to.patch<&Document::text>(c.event_key(), string{"patched"});
    if (position % 4 == 3) to.remove(c.event_key());
  }
};

}  // namespace

TEST_CASE("operations on the document of an event take effect in their order", "[projection][stop]") {
  Office office;
  office.make_up(1, 39);
  const auto repeated = es::projection<Repeated>();
  for (const std::size_t batch : {1U, 7U, 8192U}) {
    const auto collections = open_collections();
    run(office, *collections, {&repeated}, batch);
    CHECK(rows(*collections, "SELECT text, count(*) FROM repeated GROUP BY text ORDER BY text") ==
          std::vector<es::SqlRow>{
              {string{"patched"}, int64_t{10}}, {string{"put after"}, int64_t{10}}, {string{"second"}, int64_t{10}}});
    CHECK(*collections->count("repeated") == 30);
  }
}

}  // namespace stop_test
