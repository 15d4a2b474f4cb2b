// A collection that is being built holds what a live one holds.
#include <rapidcheck.h>
#include <eventstore/projection/detail/held_document.hpp>

#include "laws/collections/collections_laws.hpp"

namespace building_laws {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

using Kind = DocumentWrite::Kind;

// One batch: documents that are appended, and writes after them.
struct Batch {
  std::vector<std::pair<std::string, Parcel>> appended{};
  std::vector<DocumentWrite> writes{};
};

template <class Depot> Result<void> try_write(Depot& depot, const Batch& made) {
  auto batch = depot.batch(made.writes);
  for (const auto& [key, document] : made.appended)
    batch.appended.add(document_id(batch.shape->name, key), key, "org-1", BytesView{encode(document)});
  auto committed = depot.collections.commit({&batch, 1});
  if (committed) ++depot.position;
  return committed;
}
template <class Depot> void write(Depot& depot, const Batch& made) {
  const auto committed = try_write(depot, made);
  if (!committed) FAIL(committed.error().message());
}

// Numbers that an increment adds after those of its document: cents and weight, and again.
Bytes further(std::initializer_list<std::pair<std::int64_t, double>> numbers) {
  Bytes bytes;
  BytesOut archive{bytes};
  for (const auto& [cents, weight] : numbers) archive(cents, weight);
  return bytes;
}

DocumentWrite increment(std::string key, std::int64_t cents, double weight, Bytes more = {}) {
  auto document = parcel("sum of " + key);
  document.cents = cents;
  document.weight = weight;
  DocumentWrite made{Kind::increment,
                     std::move(key),
                     "org-1",
                     encode(document),
                     {field("cents", std::int64_t{0}), field("weight", 0.0)}};
  made.further = std::move(more);
  return made;
}

DocumentWrite patch(std::string key, const std::string& status) {
  return {Kind::patch, std::move(key), "org-1", {}, {field("status", status)}};
}

Batch any_batch(int& next_appended) {
  const auto any_key = [] { return std::string(1, static_cast<char>('a' + *rc::gen::inRange(0, 5))); };
  Batch made;
  for (int n = *rc::gen::inRange(0, 4); n > 0; --n) {
    const auto key = "event " + std::to_string(next_appended++);
    made.appended.emplace_back(key, parcel(key));
  }
  for (int n = *rc::gen::inRange(0, 8); n > 0; --n) {
    const auto weight = *rc::gen::elementOf(std::vector<double>{0.1, 0.2, 1e16, -1e16, 1});
    switch (*rc::gen::inRange(0, 5)) {
      case 0: made.writes.push_back(put(any_key(), parcel("put " + std::to_string(n)))); break;
      case 1: made.writes.push_back(increment(any_key(), n, weight)); break;
      case 2: made.writes.push_back(increment(any_key(), n, weight, further({{1, 0.1}, {2, weight}}))); break;
      case 3: made.writes.push_back(patch(any_key(), "patched")); break;
      default: made.writes.push_back(removal(any_key()));
    }
  }
  return made;
}

template <class Depot> std::vector<std::string> all_of(Depot& depot) {
  return good(depot.to().template oldest_json<&Parcel::label>(1000)).documents;
}

}  // namespace

TEMPLATE_TEST_CASE("documents that are appended are there, being built and live", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot{false};
  write(depot, {{{"1", parcel("one")}, {"2", parcel("two words")}}});
  CHECK(good(depot.collections.count("parcels")) == 2);
  write(depot, {{{"3", parcel("three")}}});
  REQUIRE(depot.collections.finish(depot.shape, Position{2}));
  write(depot, {{{"4", parcel("four words")}}});
  CHECK(found(depot.to()) == Labels{"four words", "one", "three", "two words"});
  CHECK(found(depot.to().template where_words<&Parcel::label>("words")) == Labels{"four words", "two words"});
  CHECK(good(depot.collections.count("parcels")) == 4);
  CHECK(*good(depot.to().get("3")) == parcel("three"));
}

TEMPLATE_TEST_CASE("an appended document takes the place of one with its key", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot{false};
  write(depot, {{{"1", parcel("first")}, {"2", parcel("other")}}});
  write(depot, {{{"1", parcel("second")}}});
  REQUIRE(depot.collections.finish(depot.shape, Position{2}));
  CHECK(found(depot.to()) == Labels{"other", "second"});
  CHECK(good(depot.collections.count("parcels")) == 2);
  write(depot, {{{"1", parcel("third")}}});
  CHECK(found(depot.to()) == Labels{"other", "third"});
  CHECK(good(depot.collections.count("parcels")) == 2);
}

TEMPLATE_TEST_CASE("an appended document is changed by its key", "[laws][collections]", COLLECTION_ENGINES) {
  for (const bool is_live : {false, true}) {
    Depot<TestType> depot{is_live};
    write(depot, {{{"1", parcel("one")}, {"2", parcel("two")}}, {patch("1", "closed"), removal("2")}});
    write(depot, {{{"3", parcel("three")}}, {put("1", parcel("one again")), increment("3", 4, 0.5)}});
    REQUIRE(depot.collections.finish(depot.shape, Position{2}));
    CHECK(found(depot.to()) == Labels{"one again", "three"});
    CHECK(good(depot.to().get("3"))->cents == 4);
    CHECK(good(depot.collections.count("parcels")) == 2);
  }
}

TEMPLATE_TEST_CASE("a document that is held is written like its bytes", "[laws][collections]", COLLECTION_ENGINES) {
  for (const bool is_live : {false, true}) {
    Depot<TestType> depot{is_live};
    auto held = put("1", parcel("bytes that are not used"));
    held.held = std::make_shared<detail::Held<Parcel>>(parcel("held"));
    depot.write({held});
    CHECK(*good(depot.to().get("1")) == parcel("held"));
  }
}

TEMPLATE_TEST_CASE("an increment adds its further numbers in their order", "[laws][collections]", COLLECTION_ENGINES) {
  for (const bool is_live : {false, true}) {
    Depot<TestType> depot{is_live};
    depot.write({increment("1", 1, 0.1, further({{2, 1e16}, {3, -1e16}}))});
    CHECK(good(depot.to().get("1"))->cents == 6);
    CHECK(good(depot.to().get("1"))->weight == (0.1 + 1e16) - 1e16);
    depot.write({increment("1", 1, 1e16, further({{1, 0.1}, {1, -1e16}}))});
    CHECK(good(depot.to().get("1"))->cents == 9);
    CHECK(good(depot.to().get("1"))->weight == ((((0.1 + 1e16) - 1e16) + 1e16) + 0.1) - 1e16);
  }
}

TEMPLATE_TEST_CASE("numbers that are cut off are refused", "[laws][collections]", COLLECTION_ENGINES) {
  for (const bool is_live : {false, true}) {
    Depot<TestType> depot{is_live};
    auto cut = increment("1", 1, 0.1, further({{2, 3}}));
    cut.further.resize(cut.further.size() - 1);
    CHECK(code(depot.try_write({cut})) == Errc::corrupt_record);
    CHECK(good(depot.collections.count("parcels")) == 0);
  }
}

TEMPLATE_TEST_CASE("a collection that was built is the one that was live all the time", "[laws][collections]",
                   COLLECTION_ENGINES) {
  CHECK(rc::check([] {
    Depot<TestType> built{false};
    Depot<TestType> live;
    Depot<MemoryCollectionsEngine> simple;
    const auto finished_after = *rc::gen::inRange(0, 8);
    int appended = 0;
    for (int n = 0; n < 8; ++n) {
      const auto batch = any_batch(appended);
      write(built, batch);
      write(live, batch);
      write(simple, batch);
      if (n == finished_after) RC_ASSERT(built.collections.finish(built.shape, Position{built.position}).has_value());
    }
    RC_ASSERT(all_of(built) == all_of(simple));
    RC_ASSERT(all_of(live) == all_of(simple));
    RC_ASSERT(good(built.collections.count("parcels")) == all_of(simple).size());
    RC_ASSERT(good(live.collections.count("parcels")) == all_of(simple).size());
  }));
}

TEMPLATE_TEST_CASE("the number of documents follows copies, replacements and expiry", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  auto old = parcel("old");
  old.created_at = noon.plus_seconds(-86'400);
  depot.write({put("1", old), put("2", parcel("new"))});
  const auto count = [&](const char* name) { return good(depot.collections.count(name)); };
  REQUIRE(depot.collections.copy(depot.shape, "parcels", "beside", {Position{1}, 8, Uuid{}, "second", true}));
  CHECK(count("beside") == 2);
  CHECK(good(depot.collections.expire(depot.shape, depot.shape.name, noon, 1000)) == 1);
  CHECK(count("parcels") == 1);
  auto batch = depot.batch({put("3", parcel("more")), put("4", parcel("more")), removal("2")});
  batch.name = "beside";
  batch.to.fingerprint = "second";
  REQUIRE(depot.collections.commit({&batch, 1}));
  CHECK(count("beside") == 3);
  REQUIRE(depot.collections.replace(depot.shape, "beside"));
  CHECK(count("parcels") == 2);  // without the one that had expired
  REQUIRE(depot.collections.create(depot.shape, "parcels", {Position{0}, 7, Uuid{}, "third", true}));
  CHECK(count("parcels") == 0);
}

}  // namespace building_laws
