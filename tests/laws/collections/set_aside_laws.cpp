// Events that are set aside are noted with the batch that passes over them, and belong to their collection.
#include "laws/collections/collections_laws.hpp"

namespace set_aside_laws {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

SetAsideEvent event_at(std::uint64_t position, std::string detail = "unlucky") {
  return {Position{position},
          "parcel-1",
          "ParcelSent",
          Uuid::v5(eventstore_namespace, std::to_string(position)),
          noon,
          1,
          Error{Errc::user_exception, "project", "parcel-1", std::move(detail), Position{position}}};
}

std::vector<Position> positions(const std::vector<SetAsideEvent>& events) {
  std::vector<Position> all;
  for (const auto& event : events) all.push_back(event.position);
  return all;
}

using Positions = std::vector<Position>;

template <class Depot> void set_aside(Depot& depot, std::vector<SetAsideEvent> events) {
  auto batch = depot.batch({});
  batch.set_aside = std::move(events);
  REQUIRE(depot.collections.commit({&batch, 1}));
  ++depot.position;
}

}  // namespace

TEMPLATE_TEST_CASE("an event that is set aside is kept as it was noted", "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  CHECK(good(depot.collections.set_aside("parcels")).empty());
  CHECK(good(depot.collections.set_aside("nothing")).empty());
  auto noted = event_at(7, "a \"quoted\" word");
  noted.attempts = 3;
  set_aside(depot, {noted});
  const auto kept = good(depot.collections.set_aside("parcels"));
  REQUIRE(kept.size() == 1);
  CHECK(kept.front().position == Position{7});
  CHECK(kept.front().stream == "parcel-1");
  CHECK(kept.front().type == "ParcelSent");
  CHECK(kept.front().event_id == noted.event_id);
  CHECK(kept.front().noted_at == noon);
  CHECK(kept.front().attempts == 3);
  CHECK_FALSE(kept.front().is_dropped);
  CHECK(kept.front().error.code == Errc::user_exception);
  CHECK(kept.front().error.during == "project");
  CHECK(kept.front().error.where == "parcel-1");
  CHECK(kept.front().error.detail == "a \"quoted\" word");
  CHECK(kept.front().error.at == Position{7});
}

TEMPLATE_TEST_CASE("the checkpoint counts the events that are set aside and those that were dropped",
                   "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  set_aside(depot, {event_at(9), event_at(3), event_at(5)});
  CHECK(good(depot.collections.checkpoint("parcels"))->set_aside == SetAsideCounts{3, 0});
  auto dropped = event_at(5);
  dropped.is_dropped = true;
  set_aside(depot, {dropped});
  CHECK(good(depot.collections.checkpoint("parcels"))->set_aside == SetAsideCounts{2, 1});
  CHECK(positions(good(depot.collections.set_aside("parcels"))) == Positions{Position{3}, Position{5}, Position{9}});
  CHECK(good(depot.collections.set_aside("parcels"))[1].is_dropped);
}

TEMPLATE_TEST_CASE("a batch that is not written sets nothing aside and settles nothing", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  set_aside(depot, {event_at(1)});
  auto late = depot.batch({});
  late.from = Position{0};
  late.set_aside = {event_at(2)};
  late.settled = {Position{1}};
  CHECK(code(depot.collections.commit({&late, 1})) == Errc::locked);
  auto broken = depot.batch({put("4", parcel("four"))});
  broken.writes.back().document.resize(3);
  broken.set_aside = {event_at(2)};
  broken.settled = {Position{1}};
  CHECK(code(depot.collections.commit({&broken, 1})) == Errc::corrupt_record);
  CHECK(positions(good(depot.collections.set_aside("parcels"))) == Positions{Position{1}});
}

TEMPLATE_TEST_CASE("a batch that ends where it begins may settle an event that was set aside", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  set_aside(depot, {event_at(1), event_at(2)});
  auto batch = depot.batch({put("1", parcel("late"))});
  batch.to.position = batch.from;
  batch.settled = {Position{1}, Position{77}};
  REQUIRE(depot.collections.commit({&batch, 1}));
  CHECK(good(depot.collections.checkpoint("parcels"))->position == batch.from);
  CHECK(positions(good(depot.collections.set_aside("parcels"))) == Positions{Position{2}});
  CHECK(found(depot.to()) == Labels{"late"});
  depot.write({put("2", parcel("next"))});
  CHECK(good(depot.collections.count("parcels")) == 2);
}

TEMPLATE_TEST_CASE("a replacement brings the events that it set aside itself", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  set_aside(depot, {event_at(1), event_at(2)});
  REQUIRE(depot.collections.create(depot.shape, "beside", {Position{0}, 7, Uuid{}, "second", true}));
  auto batch = depot.batch({});
  batch.name = "beside";
  batch.from = Position{0};
  batch.to.fingerprint = "second";
  batch.set_aside = {event_at(2, "again")};
  REQUIRE(depot.collections.commit({&batch, 1}));
  CHECK(good(depot.collections.set_aside("parcels")).size() == 2);
  REQUIRE(depot.collections.replace(depot.shape, "beside"));
  const auto events = good(depot.collections.set_aside("parcels"));
  CHECK(positions(events) == Positions{Position{2}});
  CHECK(events.front().error.detail == "again");
  CHECK(good(depot.collections.set_aside("beside")).empty());
}

TEMPLATE_TEST_CASE("a copy has the events that were set aside and a new or dropped collection has none",
                   "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  set_aside(depot, {event_at(1)});
  REQUIRE(depot.collections.copy(depot.shape, "parcels", "copy", {Position{1}, 7, Uuid{}, "second", true}));
  CHECK(positions(good(depot.collections.set_aside("copy"))) == Positions{Position{1}});
  REQUIRE(depot.collections.copy(depot.shape, "copy", "copy", {Position{1}, 7, Uuid{}, "third", true}));
  CHECK(positions(good(depot.collections.set_aside("copy"))) == Positions{Position{1}});
  REQUIRE(depot.collections.drop("copy"));
  CHECK(good(depot.collections.set_aside("copy")).empty());
  CHECK(good(depot.collections.set_aside("parcels")).size() == 1);
  REQUIRE(depot.collections.create(depot.shape, "parcels", {Position{0}, 7, Uuid{}, "first", true}));
  CHECK(good(depot.collections.set_aside("parcels")).empty());
}

TEMPLATE_TEST_CASE("the pace of a collection is the one that was noted last", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  CHECK_FALSE(good(depot.collections.pace("parcels")));
  auto batch = depot.batch({});
  batch.pace = Pace{12.5, noon};
  REQUIRE(depot.collections.commit({&batch, 1}));
  ++depot.position;
  depot.write({put("1", parcel("one"))});
  REQUIRE(good(depot.collections.pace("parcels")));
  CHECK(good(depot.collections.pace("parcels"))->events_per_second == 12.5);
  CHECK(good(depot.collections.pace("parcels"))->noted_at == noon);
  REQUIRE(depot.collections.drop("parcels"));
  CHECK_FALSE(good(depot.collections.pace("parcels")));
}

}  // namespace set_aside_laws
