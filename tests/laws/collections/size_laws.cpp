// Laws of sizes: what a collection takes is its own, and follows its documents.
#include "laws/collections/collections_laws.hpp"

#include <algorithm>

namespace size_laws {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

std::vector<DocumentWrite> many(int first, int last) {
  std::vector<DocumentWrite> writes;
  for (int n = first; n < last; ++n) {
    auto made = parcel("parcel number " + std::to_string(n));
    made.note = std::string(200, 'n');
    made.tags = {"tag " + std::to_string(n)};
    made.place = Point{n % 90 + 0.5, n % 45 + 0.25};
    writes.push_back(put(std::to_string(n), made));
  }
  return writes;
}

std::uint64_t whole(const CollectionSize& size) { return size.document_bytes + size.index_bytes(); }

}  // namespace

TEMPLATE_TEST_CASE("documents take room and give it back", "[laws][collections][size]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  const auto empty = good(depot.collections.size("parcels"));
  depot.write(many(0, 500));
  const auto some = good(depot.collections.size("parcels"));
  CHECK(some.document_bytes >= empty.document_bytes + 500 * 200);
  depot.write(many(500, 1000));
  const auto more = good(depot.collections.size("parcels"));
  CHECK(more.document_bytes >= some.document_bytes + 500 * 200);
  CHECK(whole(more) > whole(some));
  std::vector<DocumentWrite> removals;
  for (int n = 0; n < 1000; ++n) removals.push_back(removal(std::to_string(n)));
  depot.write(std::move(removals));
  CHECK(good(depot.collections.size("parcels")).document_bytes < some.document_bytes);
}

TEMPLATE_TEST_CASE("each index of a collection has a name and room of its own", "[laws][collections][size]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  depot.write(many(0, 500));
  const auto size = good(depot.collections.size("parcels"));
  std::uint64_t sum = 0;
  std::vector<std::string> names;
  for (const auto& index : size.indexes) {
    CHECK(index.bytes > 0);
    sum += index.bytes;
    names.push_back(index.name);
  }
  CHECK(size.index_bytes() == sum);
  CHECK(std::is_sorted(names.begin(), names.end()));
  CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}

TEMPLATE_TEST_CASE("the room of a collection is not that of another one", "[laws][collections][size]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  depot.write(many(0, 100));
  const auto alone = good(depot.collections.size("parcels"));
  REQUIRE(depot.collections.create(depot.shape, "parcels__rebuild", {Position{0}, 7, Uuid{}, "second", true}));
  auto batch = depot.batch(many(0, 1000));
  batch.name = "parcels__rebuild";
  batch.from = Position{0};
  batch.to = {Position{9}, 8, Uuid{}, "second", true};
  REQUIRE(depot.collections.commit({&batch, 1}));
  const auto beside = good(depot.collections.size("parcels"));
  CHECK(beside.document_bytes == alone.document_bytes);
  CHECK(beside.indexes == alone.indexes);
  CHECK(good(depot.collections.size("parcels__rebuild")).document_bytes > alone.document_bytes);

  REQUIRE(depot.collections.finish(depot.shape, "parcels__rebuild", Position{9}));
  REQUIRE(depot.collections.replace(depot.shape, "parcels__rebuild"));
  CHECK(good(depot.collections.size("parcels__kept")).document_bytes == alone.document_bytes);
  CHECK(good(depot.collections.size("parcels")).document_bytes > alone.document_bytes);
}

TEMPLATE_TEST_CASE("a collection that does not exist has no size", "[laws][collections][size]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  CHECK(code(depot.collections.size("letters")) == Errc::not_found);
  CHECK(code(depot.collections.size("")) == Errc::not_found);
}

}  // namespace size_laws
