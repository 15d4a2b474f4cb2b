// Projections of events that became several, one or none.
#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/projection/worker.hpp>

#include "aggregate/recorded.hpp"
#include "aggregate/trip.hpp"

namespace upcast_test {

using namespace trip;
using recorded::Log;

namespace {

// Each event with how long the way was around it.
struct Steps {
  static constexpr auto name = "steps";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, position), (string, what), (int64_t, before), (int64_t, after),
                      (int64_t, ordinal));
  };
  using reads = es::Reads<Trip>;
  using ignores = es::Ignores<Paid>;
  static void project(const Booked& e, const es::Change<Trip>& c, es::Operations<Document>& to) {
    put("booked " + e.guest, c, to);
  }
  static void project(const Departed& e, const es::Change<Trip>& c, es::Operations<Document>& to) {
    put("departed " + e.place, c, to);
  }
  static void project(const Arrived& e, const es::Change<Trip>& c, es::Operations<Document>& to) {
    put("arrived " + e.place, c, to);
  }

 private:
  static void put(string what, const es::Change<Trip>& c, es::Operations<Document>& to) {
    to.put(c.event_key(),
           {static_cast<int64_t>(c.stored_position().value), std::move(what), static_cast<int64_t>(c.before.way.size()),
            static_cast<int64_t>(c.after.way.size()), static_cast<int64_t>(c.ordinal)});
  }
};

using Row = std::tuple<int64_t, string, int64_t, int64_t, int64_t>;

}  // namespace

TEST_CASE("a projection sees each part of an old event, under an id and with states of its own",
          "[projection][upcast]") {
  Log log;
  log.record("trip-1", BookedV1{"ada", 1});
  const auto moved = log.record("trip-1", MovedV1{"Köln", "Bonn", false});
  log.record("trip-1", NotedV1{"nothing"});
  log.record("trip-1", SettledThen{5});
  log.record("trip-1", MovedV1{"Bonn", "", true});
  const std::vector<es::AggregateType> aggregates{es::aggregate<Trip>()};
  const auto steps = es::projection<Steps>();
  auto collections = *es::SqliteCollections::open(":memory:");
  es::ProjectionWorker worker{log.log, aggregates, *collections};
  const auto report = worker.run({&steps});
  if (!report) FAIL(report.error().message());
  CHECK(report->events == 5);

  const auto found =
      collections->rows("SELECT position, what, \"before\", \"after\", ordinal FROM steps ORDER BY position, after");
  if (!found) FAIL(found.error().message());
  std::vector<Row> rows;
  for (const auto& row : *found)
    rows.emplace_back(std::get<int64_t>(row[0]), std::get<string>(row[1]), std::get<int64_t>(row[2]),
                      std::get<int64_t>(row[3]), std::get<int64_t>(row[4]));
  CHECK(rows == std::vector<Row>{{1, "booked ada", 0, 0, 0},
                                 {2, "departed Köln", 0, 1, 0},
                                 {2, "arrived Bonn", 1, 2, 1},
                                 {5, "departed Bonn", 2, 3, 0}});
  CHECK(es::part_id(moved, 0) == moved);
}

}  // namespace upcast_test
