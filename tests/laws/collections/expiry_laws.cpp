// Documents that are too old go and do not come back.
#include <rapidcheck.h>

#include <map>

#include "laws/collections/collections_laws.hpp"

namespace expiry_laws {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

Timestamp days_before(int days) { return noon.plus_seconds(-86'400 * days); }

Parcel aged(int days) {
  auto made = parcel(std::to_string(days));
  made.created_at = days_before(days);
  return made;
}

DocumentWrite put_aged(int days, std::string organization = "org-1") {
  return put(std::to_string(days), aged(days), std::move(organization));
}

template <class Depot> std::uint64_t expire(Depot& depot, Timestamp moment, std::size_t documents_max = 1000) {
  return good(depot.collections.expire(depot.shape, depot.shape.name, moment, documents_max));
}

struct Ticket {
  EVENTSTORE_FIELDS(Ticket, (std::string, label), (Timestamp, created_at), (std::optional<Timestamp>, closed_at));
};

struct Nameless {
  EVENTSTORE_FIELDS(Nameless, (std::string, label));
};

}  // namespace

TEMPLATE_TEST_CASE("a call of expire removes as many documents as it may and says so", "[laws][collections][expiry]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  for (int days = 0; days < 9; ++days) depot.write({put_aged(days, days % 2 == 0 ? "org-1" : "org-2")});
  CHECK(expire(depot, days_before(1), 3) == 3);
  CHECK(good(depot.collections.count("parcels")) == 6);
  CHECK(expire(depot, days_before(1), 3) == 3);
  CHECK(expire(depot, days_before(1), 3) == 1);
  CHECK(expire(depot, days_before(1), 3) == 0);
  CHECK(good(depot.to().count()) == 1);
  CHECK(good(depot.to("org-2").count()) == 1);
}

TEMPLATE_TEST_CASE("a collection remembers the latest moment and late documents go by it",
                   "[laws][collections][expiry]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  depot.write({put_aged(0), put_aged(5)});
  CHECK_FALSE(good(depot.collections.expired_before("parcels")));
  CHECK(expire(depot, days_before(3)) == 1);
  CHECK(good(depot.collections.expired_before("parcels")) == days_before(3));
  depot.write({put_aged(4)});
  CHECK(expire(depot, days_before(100)) == 1);
  CHECK(good(depot.collections.expired_before("parcels")) == days_before(3));
  CHECK(good(depot.collections.count("parcels")) == 1);
}

TEMPLATE_TEST_CASE("what has expired does not come back with a replacement", "[laws][collections][expiry]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  depot.write({put_aged(0), put_aged(5)});
  CHECK(expire(depot, days_before(3)) == 1);
  for (int rebuilds = 0; rebuilds < 2; ++rebuilds) {
    REQUIRE(depot.collections.create(depot.shape, "beside", {Position{0}, 7, Uuid{}, "first", true}));
    auto batch = depot.batch({put_aged(0), put_aged(5), put_aged(2)});
    batch.name = "beside";
    batch.from = Position{0};
    REQUIRE(depot.collections.commit({&batch, 1}));
    if (rebuilds == 1) CHECK(good(depot.collections.expire(depot.shape, "beside", days_before(3), 10)) == 1);
    REQUIRE(depot.collections.replace(depot.shape, "beside"));
    CHECK(good(depot.collections.count("parcels")) == 2);
    CHECK(good(depot.to().count()) == 2);
    CHECK(good(depot.collections.expired_before("parcels")) == days_before(3));
    CHECK_FALSE(good(depot.collections.expired_before("beside")));
  }
}

TEMPLATE_TEST_CASE("the moment of expiry does not go back with a collection that is put back",
                   "[laws][collections][expiry]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  depot.write({put_aged(0), put_aged(5)});
  REQUIRE(depot.collections.create(depot.shape, "beside", {Position{0}, 7, Uuid{}, "first", true}));
  auto batch = depot.batch({put_aged(0), put_aged(5)});
  batch.name = "beside";
  batch.from = Position{0};
  REQUIRE(depot.collections.commit({&batch, 1}));
  REQUIRE(depot.collections.replace(depot.shape, "beside"));
  CHECK(expire(depot, days_before(3)) == 1);
  REQUIRE(depot.collections.roll_back("parcels"));
  CHECK(good(depot.collections.expired_before("parcels")) == days_before(3));
  CHECK(good(depot.collections.count("parcels")) == 2);
  CHECK(expire(depot, days_before(100)) == 1);
}

TEMPLATE_TEST_CASE("a copy remembers what expired in its origin and a collection that is made anew remembers nothing",
                   "[laws][collections][expiry]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  depot.write({put_aged(0)});
  CHECK(expire(depot, days_before(3)) == 0);
  REQUIRE(depot.collections.copy(depot.shape, "parcels", "beside", {Position{1}, 8, Uuid{}, "second", true}));
  CHECK(good(depot.collections.expired_before("beside")) == days_before(3));
  REQUIRE(depot.collections.create(depot.shape, "beside", {Position{0}, 7, Uuid{}, "first", true}));
  CHECK_FALSE(good(depot.collections.expired_before("beside")));
  REQUIRE(depot.collections.drop("parcels"));
  CHECK_FALSE(good(depot.collections.expired_before("parcels")));
  CHECK(code(depot.collections.expire(depot.shape, "parcels", noon, 10)) == Errc::not_found);
}

TEMPLATE_TEST_CASE("documents live from the time that their shape names and without one for ever",
                   "[laws][collections][expiry]", COLLECTION_ENGINES) {
  TestType engine;
  auto shape = CollectionShape::of("tickets", schema_of<Ticket>(), {index_on({"closed_at"})}, 1);
  shape.keep_since = "closed_at";
  REQUIRE(engine.collections.create(shape, "tickets", {}));
  const auto ticket = [](std::string key, std::optional<Timestamp> closed_at) {
    return DocumentWrite{DocumentWrite::Kind::put, key, "org-1", encode(Ticket{key, days_before(100), closed_at}), {}};
  };
  const CollectionBatch batch{&shape,
                              "tickets",
                              {ticket("open", {}), ticket("old", days_before(50)), ticket("new", days_before(1))},
                              {},
                              {Position{1}}};
  REQUIRE(engine.collections.commit({&batch, 1}));
  CHECK(good(engine.collections.expire(shape, "tickets", days_before(2), 10)) == 1);
  const DocumentsOf<Ticket> left{engine.collections, shape, "org-1"};
  CHECK_FALSE(good(left.get("old")));
  CHECK(good(left.count()) == 2);
}

TEMPLATE_TEST_CASE("documents without a time do not expire and the refusal says so", "[laws][collections][expiry]",
                   COLLECTION_ENGINES) {
  TestType engine;
  auto shape = CollectionShape::of("nameless", schema_of<Nameless>(), {}, 1);
  REQUIRE(engine.collections.create(shape, "nameless", {}));
  CHECK(code(engine.collections.expire(shape, "nameless", noon, 10)) == Errc::invalid_argument);
  shape.keep_since = "label";
  const auto refused = engine.collections.expire(shape, "nameless", noon, 10);
  REQUIRE_FALSE(refused);
  CHECK_THAT(refused.error().message(), Catch::Contains("nameless") && Catch::Contains("no time in label"));
  CHECK_FALSE(good(engine.collections.expired_before("nameless")));
}

TEMPLATE_TEST_CASE("what is left after any writes and expiries is what a plain map has", "[laws][collections][expiry]",
                   COLLECTION_ENGINES) {
  CHECK(rc::check([] {
    Depot<TestType> depot{*rc::gen::arbitrary<bool>()};
    std::map<int, std::string> model;  // days and organization
    for (int n = *rc::gen::inRange(0, 8); n > 0; --n) {
      std::vector<DocumentWrite> writes;
      for (int k = *rc::gen::inRange(0, 8); k > 0; --k) {
        const auto days = *rc::gen::inRange(0, 20);
        const auto organization = *rc::gen::element(std::string{"org-1"}, std::string{"org-2"}, std::string{"org-3"});
        writes.push_back(put_aged(days, organization));
        model[days] = organization;
      }
      depot.write(writes);
      const auto limit = *rc::gen::inRange(10, 20);
      const auto most = *rc::gen::inRange<std::size_t>(1, 6);
      while (expire(depot, days_before(limit), most) == most) {
      }
      const auto before = good(depot.collections.expired_before("parcels")).value();
      std::erase_if(model, [&](const auto& each) { return days_before(each.first) < before; });
    }
    RC_ASSERT(good(depot.collections.count("parcels")) == model.size());
    std::uint64_t found = 0;
    for (const auto* const organization : {"org-1", "org-2", "org-3"}) found += good(depot.to(organization).count());
    RC_ASSERT(found == model.size());
    for (const auto& [days, organization] : model) RC_ASSERT(good(depot.to(organization).get(std::to_string(days))));
  }));
}

}  // namespace expiry_laws
