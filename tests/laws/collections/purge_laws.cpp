// Laws of purging: what collections have stays as it is.
#include "laws/collections/collections_laws.hpp"

namespace purge_laws {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

Parcel placed(std::string label, double longitude) {
  auto made = parcel(std::move(label));
  made.place = Point{longitude, 50};
  return made;
}

template <class Engine> Labels near(Depot<Engine>& depot, double longitude) {
  Labels all;
  for (const auto& each : good(depot.to().template near<&Parcel::place>(longitude, 50, 1000, 10)))
    all.push_back(each.document.label);
  return all;
}

// All that can be told of a collection.
template <class Engine> std::vector<std::string> told(Depot<Engine>& depot, const char* name) {
  auto& all = depot.collections;
  const auto at = good(all.checkpoint(name));
  std::vector<std::string> lines{std::to_string(at->position.value), at->fingerprint, at->building ? "building" : "",
                                 std::to_string(good(all.count(name)))};
  const auto certificate = good(all.certificate(name));
  lines.push_back(certificate.digest ? certificate.digest->to_string() : "none");
  lines.push_back(std::to_string(good(all.set_aside(name)).size()));
  for (const auto& each : good(all.scan(depot.shape, name, "", 1000)).documents) {
    lines.push_back(each.id + each.organization);
    lines.insert(lines.end(), each.values.begin(), each.values.end());
  }
  return lines;
}

}  // namespace

TEMPLATE_TEST_CASE("a purge leaves the documents and what is kept beside them", "[laws][collections][purge]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  depot.write({put("1", placed("red box", 7)), put("2", placed("blue box", 8)), put("3", parcel("green"), "org-2")});
  depot.write({put("1", placed("red crate", 9)), removal("2")});
  REQUIRE(depot.collections.create(depot.shape, "parcels__rebuild", {Position{0}, 7, Uuid{}, "second", true}));
  auto batch = depot.batch({put("1", parcel("rebuilt")), put("2", parcel("rebuilt too"))});
  batch.name = "parcels__rebuild";
  batch.from = Position{0};
  batch.to = {Position{9}, 8, Uuid{}, "second", true};
  REQUIRE(depot.collections.commit({&batch, 1}));
  const auto live = told(depot, "parcels");

  REQUIRE(depot.collections.purge());
  CHECK(told(depot, "parcels") == live);
  CHECK(found(depot.to().template where_words<&Parcel::label>("crate")) == Labels{"red crate"});
  CHECK(found(depot.to().template where_words<&Parcel::label>("box")).empty());
  CHECK(near(depot, 9) == Labels{"red crate"});
  CHECK(near(depot, 8).empty());

  // Writing goes on, where it is live and where it is being built.
  depot.write({put("4", placed("red box", 7)), removal("1")});
  CHECK(near(depot, 7) == Labels{"red box"});
  CHECK(near(depot, 9).empty());
  batch.writes = {put("2", parcel("changed")), put("5", parcel("new"))};
  batch.from = Position{9};
  batch.to.position = Position{10};
  REQUIRE(depot.collections.commit({&batch, 1}));
  REQUIRE(depot.collections.finish(depot.shape, "parcels__rebuild", Position{10}));
  REQUIRE(depot.collections.replace(depot.shape, "parcels__rebuild"));
  const auto rebuilt = told(depot, "parcels");
  const auto kept = told(depot, "parcels__kept");
  CHECK(rebuilt != kept);
  REQUIRE(depot.collections.purge());
  CHECK(told(depot, "parcels") == rebuilt);
  CHECK(found(depot.to()) == Labels{"changed", "new", "rebuilt"});
  REQUIRE(depot.collections.roll_back("parcels"));
  CHECK(told(depot, "parcels") == kept);
  CHECK(near(depot, 7) == Labels{"red box"});
}

}  // namespace purge_laws
