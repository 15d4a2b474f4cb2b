// Laws of collections that stand beside the live ones.
#include "laws/collections/collections_laws.hpp"

namespace kept_laws {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

template <class Engine> void build_beside(Depot<Engine>& depot, const char* label) {
  REQUIRE(depot.collections.create(depot.shape, "parcels__rebuild", {Position{0}, 7, Uuid{}, "second", true}));
  auto batch = depot.batch({put("1", parcel(label))});
  batch.name = "parcels__rebuild";
  batch.from = Position{0};
  batch.to = {Position{9}, 8, Uuid{}, "second", true};
  REQUIRE(depot.collections.commit({&batch, 1}));
  REQUIRE(depot.collections.finish(depot.shape, "parcels__rebuild", Position{9}));
}

template <class Collections> Labels scanned(Collections& collections, const CollectionShape& shape, const char* name) {
  Labels all;
  const auto page = good(collections.scan(shape, name, "", 100));
  const auto place =
      static_cast<std::size_t>(std::find(page.fields.begin(), page.fields.end(), "label") - page.fields.begin());
  for (const auto& each : page.documents) all.push_back(each.values.at(place));
  return all;
}

}  // namespace

TEMPLATE_TEST_CASE("a collection that was replaced is kept and comes back with its checkpoint", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  depot.write({put("1", parcel("live"))});
  build_beside(depot, "rebuilt");
  REQUIRE(depot.collections.replace(depot.shape, "parcels__rebuild"));
  const auto at = [&](const std::string& name) { return good(depot.collections.checkpoint(name)); };
  CHECK(at("parcels")->position == Position{9});
  CHECK(at(kept_name("parcels"))->position == Position{1});
  CHECK_FALSE(at("parcels__rebuild"));
  for (int there_and_back = 0; there_and_back < 3; ++there_and_back) {
    REQUIRE(depot.collections.roll_back("parcels"));
    CHECK(at("parcels")->position == Position{1});
    CHECK(at("parcels")->fingerprint == "first");
    CHECK(at(kept_name("parcels"))->position == Position{9});
    CHECK(scanned(depot.collections, depot.shape, "parcels") == Labels{R"("live")"});
    CHECK(good(depot.collections.count("parcels")) == 1);
    REQUIRE(depot.collections.roll_back("parcels"));
    CHECK(scanned(depot.collections, depot.shape, "parcels") == Labels{R"("rebuilt")"});
  }
  REQUIRE(depot.collections.roll_back("parcels"));
  depot.write({put("2", parcel("after"))});
  CHECK(good(depot.collections.count("parcels")) == 2);
  REQUIRE(depot.collections.drop(kept_name("parcels")));
  CHECK(code(depot.collections.roll_back("parcels")) == Errc::not_found);
  CHECK(good(depot.collections.count("parcels")) == 2);
}

TEMPLATE_TEST_CASE("one replaced collection is kept and not the one before it", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  depot.write({put("1", parcel("first"))});
  for (const auto* const label : {"second", "third"}) {
    build_beside(depot, label);
    REQUIRE(depot.collections.replace(depot.shape, "parcels__rebuild"));
  }
  REQUIRE(depot.collections.roll_back("parcels"));
  CHECK(scanned(depot.collections, depot.shape, "parcels") == Labels{R"("second")"});
}

TEMPLATE_TEST_CASE("nothing is put back where nothing was replaced", "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  depot.write({put("1", parcel("live"))});
  CHECK(code(depot.collections.roll_back("parcels")) == Errc::not_found);
  CHECK(scanned(depot.collections, depot.shape, "parcels") == Labels{R"("live")"});
}

TEMPLATE_TEST_CASE("a scan gives the documents of all organizations in the order of their ids", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  std::vector<DocumentWrite> writes;
  for (int n = 0; n < 25; ++n)
    writes.push_back(put(std::to_string(n), parcel("p" + std::to_string(n)), n % 2 == 0 ? "org-1" : "org-2"));
  depot.write(std::move(writes));
  std::vector<std::string> ids;
  std::size_t of_second = 0;
  for (std::string after;;) {
    const auto page = good(depot.collections.scan(depot.shape, "parcels", after, 10));
    if (page.documents.empty()) break;
    CHECK(page.fields.size() == depot.shape.columns.size());
    for (const auto& each : page.documents) {
      ids.push_back(each.id);
      if (each.organization == "org-2") ++of_second;
    }
    after = ids.back();
  }
  CHECK(ids.size() == 25);
  CHECK(std::is_sorted(ids.begin(), ids.end()));
  CHECK(of_second == 12);
  CHECK(code(depot.collections.scan(depot.shape, "boxes", "", 10)) == Errc::not_found);
}

TEMPLATE_TEST_CASE("a scan within a snapshot is of one moment", "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  depot.write({put("1", parcel("one"))});
  REQUIRE(depot.collections.hold_snapshot());
  CHECK(scanned(depot.collections, depot.shape, "parcels").size() == 1);
  depot.collections.release_snapshot();
  depot.collections.release_snapshot();
  depot.write({put("2", parcel("two"))});
  CHECK(scanned(depot.collections, depot.shape, "parcels").size() == 2);
}

TEMPLATE_TEST_CASE("indexes of a rebuild are made for the position that it has come to", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  build_beside(depot, "rebuilt");
  CHECK(code(depot.collections.finish(depot.shape, "parcels__rebuild", Position{8})) == Errc::locked);
  CHECK_FALSE(good(depot.collections.checkpoint("parcels__rebuild"))->building);
}

}  // namespace kept_laws
