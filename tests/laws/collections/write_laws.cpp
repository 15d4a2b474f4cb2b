// What is written is there, all or nothing, and where the checkpoint says.
#include "laws/collections/collections_laws.hpp"

namespace write_laws {

using namespace eventstore;
using namespace eventstore::laws;

TEMPLATE_TEST_CASE("a document that is put is read as it was", "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  auto document = parcel("all \"fields\" of it");
  document.urgency = Urgency::urgent;
  document.paid = true;
  document.cents = -7;
  document.weight = 1.5;
  document.shelf = 3;
  document.tags = {"a", "b"};
  document.note = "";
  document.data = {R"({"deep":{"er":[1,2]}})"};
  document.wrapping = Wrapping{"glass", true, 2};
  document.from = {"u-1", 4};
  document.code = Uuid::v5(eventstore_namespace, "code");
  document.place = Point{9.99, 53.55};
  depot.write({put("1", document), put("2", parcel("few"))});
  CHECK(*good(depot.to().get("1")) == document);
  CHECK(*good(depot.to().get("2")) == parcel("few"));
  CHECK_FALSE(good(depot.to().get("3")));
  const auto json = good(depot.to().template oldest_json<&Parcel::label>(1)).documents.front();
  CHECK_THAT(json, Catch::StartsWith("{\"_id\":\"" + document_id("parcels", "1").to_string() +
                                     "\",\"organization_id\":\"org-1\",\"label\":\"all \\\"fields\\\" of it\""));
  CHECK_THAT(json, Catch::Contains(R"("created_at":"2026-01-27T12:00:00.000000Z")"));
  CHECK_THAT(json, Catch::Contains(R"("sender":"u-1","floor":4)"));
}

TEMPLATE_TEST_CASE("puts, patches, increments and removals take effect in order", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  auto grown = parcel("born");
  grown.cents = 5;
  grown.weight = 0.5;
  const DocumentWrite increment{DocumentWrite::Kind::increment,
                                "sum",
                                "org-1",
                                encode(grown),
                                {field("cents", std::int64_t{5}), field("weight", 0.5)}};
  const auto patch = [](std::string key) {
    return DocumentWrite{DocumentWrite::Kind::patch,
                         std::move(key),
                         "org-1",
                         {},
                         {field("status", std::string{"closed"}), field("shelf", std::optional<std::int64_t>{9})}};
  };
  depot.write({increment, increment, put("1", parcel("one")), put("2", parcel("two")), put("2", parcel("two again"))});
  depot.write({increment, patch("1"), patch("nobody"), removal("2"), removal("nobody")});
  CHECK(found(depot.to()) == Labels{"born", "one"});
  CHECK(good(depot.to().get("sum"))->cents == 15);
  CHECK(good(depot.to().get("sum"))->weight == 1.5);
  CHECK(good(depot.to().get("1"))->status == "closed");
  CHECK(good(depot.to().get("1"))->shelf == 9);
  CHECK(good(depot.collections.count("parcels")) == 2);
}

TEMPLATE_TEST_CASE("a patch that has a document writes it where there is none", "[laws][collections]",
                   COLLECTION_ENGINES) {
  for (const bool finished : {true, false}) {
    Depot<TestType> depot{finished};
    const auto patch = [](std::string key) {
      return DocumentWrite{DocumentWrite::Kind::patch,
                           std::move(key),
                           "org-1",
                           encode(parcel("made")),
                           {field("status", std::string{"patched"})}};
    };
    depot.write({put("1", parcel("one")), patch("1"), patch("2")});
    depot.write({patch("2"), patch("3"), removal("1"), patch("1")});
    CHECK(good(depot.to().get("1"))->label == "made");
    for (const auto* const key : {"1", "2", "3"}) CHECK(good(depot.to().get(key))->status == "patched");
    CHECK(good(depot.collections.count("parcels")) == 3);
  }
}

TEMPLATE_TEST_CASE("a change is made of the document as the writes before it left it", "[laws][collections]",
                   COLLECTION_ENGINES) {
  for (const bool finished : {true, false}) {
    Depot<TestType> depot{finished};
    const auto add = [](std::string name) {
      return [name](Parcel& to) {
        to.label += ' ' + name;
        to.tags.push_back(name);
        to.shelf = to.shelf.value_or(0) + 1;
      };
    };
    auto whole = parcel("whole");
    whole.wrapping = Wrapping{"glass \"1\"", true, 2};
    whole.weight = 0.1;
    whole.place = Point{9.99, 53.55};
    whole.code = Uuid::v5(eventstore_namespace, "code");
    depot.write({put("1", whole), changed("1", add("a")), changed("2", add("b"))});
    depot.write({changed("1", add("c")), changed("2", add("d")), removal("3"), changed("3", add("e")),
                 changed("4", add("f")), removal("4"), changed("5", add("g"), "org-1", std::nullopt)});
    auto expected = whole;
    expected.label = "whole a c";
    expected.tags = {"a", "c"};
    expected.shelf = 2;
    CHECK(*good(depot.to().get("1")) == expected);
    CHECK(good(depot.to().get("2"))->label == "new b d");
    CHECK(good(depot.to().get("3"))->label == "new e");
    CHECK(good(depot.collections.count("parcels")) == 3);
  }
}

TEMPLATE_TEST_CASE("neither a patch nor a change reaches the document of another organization", "[laws][collections]",
                   COLLECTION_ENGINES) {
  for (const bool finished : {true, false}) {
    Depot<TestType> depot{finished};
    const auto patch = [](bool has_document) {
      return DocumentWrite{DocumentWrite::Kind::patch,
                           "1",
                           "org-2",
                           has_document ? encode(parcel("made")) : Bytes{},
                           {field("status", std::string{"patched"})}};
    };
    const auto change = changed(
        "1", [](Parcel& to) { to.label = "changed"; }, "org-2");
    depot.write({put("1", parcel("one")), patch(true), patch(false), change});
    depot.write({patch(true), change, patch(false)});
    CHECK(*good(depot.to().get("1")) == parcel("one"));
    CHECK(good(depot.collections.count("parcels")) == 1);
  }
}

TEMPLATE_TEST_CASE("a change that throws leaves the batch unwritten", "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  depot.write({put("1", parcel("one"))});
  auto broken = depot.batch({put("2", parcel("two")), changed("1", [](Parcel&) { throw std::logic_error{"no"}; })});
  bool has_thrown = false;
  try {
    has_thrown = !depot.collections.commit({&broken, 1});
  } catch (const std::logic_error&) {
    has_thrown = true;
  }
  CHECK(has_thrown);
  depot.write({put("3", parcel("three"))});
  CHECK(found(depot.to()) == Labels{"one", "three"});
}

TEMPLATE_TEST_CASE("a batch is written with its checkpoint, all or nothing", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  depot.write({put("1", parcel("one"))});
  auto late = depot.batch({put("2", parcel("two"))});
  late.from = Position{0};
  CHECK(code(depot.collections.commit({&late, 1})) == Errc::locked);
  auto broken = depot.batch({put("3", parcel("three")), put("4", parcel("four"))});
  broken.writes.back().document.resize(3);
  CHECK(code(depot.collections.commit({&broken, 1})) == Errc::corrupt_record);
  CHECK(found(depot.to()) == Labels{"one"});
  const auto checkpoint = good(depot.collections.checkpoint("parcels"));
  CHECK(checkpoint->position == Position{1});
  CHECK(checkpoint->checksum == 8);
  CHECK(checkpoint->fingerprint == "first");
  CHECK_FALSE(checkpoint->building);
}

TEMPLATE_TEST_CASE("of two batches both are written or none", "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  REQUIRE(depot.collections.create(depot.shape, "other", {Position{5}, 7, Uuid{}, "first", true}));
  std::vector<CollectionBatch> both{depot.batch({put("1", parcel("one"))}), depot.batch({put("1", parcel("one"))})};
  both[1].name = "other";
  CHECK(code(depot.collections.commit(both)) == Errc::locked);
  CHECK(found(depot.to()).empty());
  both[1].from = Position{5};
  both[1].to.position = Position{6};
  REQUIRE(depot.collections.commit(both));
  CHECK(found(depot.to()) == Labels{"one"});
  CHECK(good(depot.collections.count("other")) == 1);
}

TEMPLATE_TEST_CASE("a collection is being built until it is finished where it stands", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot{false};
  CHECK(good(depot.collections.checkpoint("parcels"))->building);
  depot.write({put("1", parcel("one word"))});
  CHECK(code(depot.collections.finish(depot.shape, Position{0})) == Errc::locked);
  REQUIRE(depot.collections.finish(depot.shape, Position{1}));
  REQUIRE(depot.collections.finish(depot.shape, Position{1}));
  CHECK_FALSE(good(depot.collections.checkpoint("parcels"))->building);
  CHECK(found(depot.to().template where_words<&Parcel::label>("word")) == Labels{"one word"});
}

TEMPLATE_TEST_CASE("a replacement takes the place with its documents and its checkpoint", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  depot.write({put("1", parcel("old"))});
  REQUIRE(depot.collections.create(depot.shape, "beside", {Position{0}, 7, Uuid{}, "second", true}));
  auto batch = depot.batch({put("1", parcel("new")), put("2", parcel("more"))});
  batch.name = "beside";
  batch.from = Position{0};
  batch.to.position = Position{9};
  CHECK(code(depot.collections.commit({&batch, 1})) == Errc::locked);  // what other code makes does not belong there
  batch.to.fingerprint = "second";
  REQUIRE(depot.collections.commit({&batch, 1}));
  CHECK(found(depot.to()) == Labels{"old"});
  REQUIRE(depot.collections.replace(depot.shape, "beside"));
  CHECK(found(depot.to()) == Labels{"more", "new"});
  CHECK(found(depot.to().template where_words<&Parcel::label>("more")) == Labels{"more"});
  CHECK_FALSE(good(depot.collections.checkpoint("beside")));
  const auto checkpoint = good(depot.collections.checkpoint("parcels"));
  CHECK(checkpoint->position == Position{9});
  CHECK(checkpoint->fingerprint == "second");
  CHECK_FALSE(checkpoint->building);
}

TEMPLATE_TEST_CASE("the types that a collection is without go with its checkpoint", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  const auto types_of = [&](const char* name) { return good(depot.collections.checkpoint(name))->passed_over; };
  const std::vector<PassedOverType> first{{"parcel", "ParcelLost", Position{3}, 2}, {"post", "Sorted", Position{9}, 1}};
  const std::vector<PassedOverType> second{{"parcel", "ParcelFound", Position{4}, 1}};
  const auto write = [&](const char* name, const std::vector<PassedOverType>& types) {
    auto batch = depot.batch({});
    batch.name = name;
    batch.from = good(depot.collections.checkpoint(name))->position;
    batch.to.fingerprint = good(depot.collections.checkpoint(name))->fingerprint;
    batch.to.position = batch.from.next();
    batch.to.passed_over = types;
    REQUIRE(depot.collections.commit({&batch, 1}));
  };
  write("parcels", {first.front()});
  write("parcels", first);
  CHECK(types_of("parcels") == first);
  REQUIRE(depot.collections.create(depot.shape, "beside", {Position{0}, 7, Uuid{}, "second", true}));
  CHECK(types_of("beside").empty());
  write("beside", second);
  CHECK(types_of("parcels") == first);
  REQUIRE(depot.collections.replace(depot.shape, "beside"));
  CHECK(types_of("parcels") == second);
  REQUIRE(depot.collections.create(depot.shape, "parcels", {Position{0}, 7, Uuid{}, "third", true}));
  CHECK(types_of("parcels").empty());
  write("parcels", first);
  REQUIRE(depot.collections.drop("parcels"));
  REQUIRE(depot.collections.create(depot.shape, "parcels", {Position{0}, 7, Uuid{}, "fourth", true}));
  CHECK(types_of("parcels").empty());
}

namespace {

// A later form of a parcel: fields are gone, two are new, one need not have a value any more, one has another type.
struct LaterParcel {
  EVENTSTORE_FIELDS(LaterParcel, (std::string, colour, "grey"), (std::string, label), (std::optional<bool>, paid),
                    (Urgency, urgency), (std::optional<std::int64_t>, height), (Sender, from, , flattened),
                    (std::vector<std::string>, tags));
};
struct StrangeParcel {
  EVENTSTORE_FIELDS(StrangeParcel, (std::string, cents));
};
struct DemandingParcel {
  EVENTSTORE_FIELDS(DemandingParcel, (std::string, label), (std::string, colour));
};

template <class Document> CollectionShape later() {
  return CollectionShape::of("parcels", schema_of<Document>(), {}, 0);
}

}  // namespace

TEMPLATE_TEST_CASE("a copy has the documents of a collection and begins where it is told", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  auto tagged = parcel("one");
  tagged.tags = {"a", "b"};
  tagged.paid = true;
  tagged.from = {"ada", 3};
  depot.write({put("1", tagged), put("2", parcel("two"), "org-2")});
  const Checkpoint start{Position{5}, 9, Uuid{}, "second", true, 4, Position{3}};
  SECTION("of the same shape") {
    REQUIRE(depot.collections.copy(depot.shape, "parcels", "beside", start));
    depot.write({put("1", parcel("changed")), put("3", parcel("three"))});
    CHECK(good(depot.collections.count("beside")) == 2);
    REQUIRE(depot.collections.replace(depot.shape, "beside"));
    CHECK(found(depot.to()) == Labels{"one"});
    CHECK(found(depot.to("org-2")) == Labels{"two"});
    CHECK(found(depot.to().template where_words<&Parcel::label>("one")) == Labels{"one"});
    const auto checkpoint = good(depot.collections.checkpoint("parcels"));
    CHECK(checkpoint->position == Position{5});
    CHECK(checkpoint->fingerprint == "second");
    CHECK(checkpoint->missed_events == 4);
    CHECK(checkpoint->missed_last == Position{3});
  }
  SECTION("of another shape") {
    const auto shape = later<LaterParcel>();
    REQUIRE(depot.collections.copy(shape, "parcels", "beside", start));
    CHECK(good(depot.collections.checkpoint("beside"))->building);
    REQUIRE(depot.collections.replace(shape, "beside"));
    const DocumentsOf<LaterParcel> to{depot.collections, shape, "org-1"};
    CHECK(good(to.count()) == 1);
    const auto document = good(to.get("1"));
    REQUIRE(document);
    CHECK(to_json(*document) == R"({"colour":"grey","label":"one","paid":true,"urgency":"low","sender":"ada",)"
                                R"("floor":3,"tags":["a","b"]})");
  }
  SECTION("onto itself") {
    REQUIRE(depot.collections.copy(depot.shape, "parcels", "parcels", start));
    CHECK(found(depot.to()) == Labels{"one"});
    CHECK(good(depot.collections.checkpoint("parcels"))->position == Position{5});
  }
  SECTION("not where a field has another type or no value to begin with") {
    CHECK(code(depot.collections.copy(later<StrangeParcel>(), "parcels", "beside", start)) == Errc::unreadable_schema);
    CHECK(code(depot.collections.copy(later<DemandingParcel>(), "parcels", "beside", start)) ==
          Errc::unreadable_schema);
    CHECK(code(depot.collections.copy(depot.shape, "nothing", "beside", start)) == Errc::not_found);
    CHECK_FALSE(good(depot.collections.checkpoint("beside")));
    CHECK(found(depot.to()) == Labels{"one"});
  }
  REQUIRE(depot.collections.sync());
}

TEMPLATE_TEST_CASE("a checkpoint remembers the events that its collection missed", "[laws][collections]",
                   COLLECTION_ENGINES) {
  Depot<TestType> depot;
  auto batch = depot.batch({});
  batch.to.missed_events = 7;
  batch.to.missed_last = Position{9};
  REQUIRE(depot.collections.commit({&batch, 1}));
  CHECK(good(depot.collections.checkpoint("parcels"))->missed_events == 7);
  CHECK(good(depot.collections.checkpoint("parcels"))->missed_last == Position{9});
}

TEMPLATE_TEST_CASE("what is dropped or was never made is not found", "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  depot.write({put("1", parcel("one"))});
  REQUIRE(depot.collections.drop("parcels"));
  REQUIRE(depot.collections.drop("parcels"));
  CHECK_FALSE(good(depot.collections.checkpoint("parcels")));
  CHECK(code(depot.collections.count("parcels")) == Errc::not_found);
  CHECK(code(depot.to().count()) == Errc::not_found);
  CHECK(code(depot.to().newest(1)) == Errc::not_found);
  CHECK(code(depot.to().template count_by<&Parcel::status>()) == Errc::not_found);
  CHECK(code(depot.to().template near<&Parcel::place>(0, 0, 1, 1)) == Errc::not_found);
  CHECK(code(depot.try_write({put("1", parcel("one"))})) == Errc::not_found);
}

TEMPLATE_TEST_CASE("documents older than a moment expire", "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  for (const int days : {0, 1, 2, 3}) {
    auto each = parcel(std::to_string(days));
    each.created_at = noon.plus_seconds(-86'400 * days);
    depot.write({put(each.label, each, days % 2 == 0 ? "org-1" : "org-2")});
  }
  CHECK(good(depot.collections.expire(depot.shape, depot.shape.name, noon.plus_seconds(-86'400), 1000)) == 2);
  CHECK(found(depot.to()) == Labels{"0"});
  CHECK(found(depot.to("org-2")) == Labels{"1"});
  CHECK(good(depot.collections.expire(depot.shape, depot.shape.name, noon.plus_seconds(-86'400), 1000)) == 0);
}

TEMPLATE_TEST_CASE("a document whose list has an element twice is written and replaced and found once",
                   "[laws][collections]", COLLECTION_ENGINES) {
  Depot<TestType> depot;
  auto one = parcel("one");
  one.tags = {"a", "b", "a"};
  depot.write({put("1", one)});
  one.tags = {"c", "c", "a"};
  depot.write({put("1", one)});
  depot.write({changed("1", [](Parcel& parcel) { parcel.tags = {"d", "d", "a"}; })});
  const auto to = depot.to();
  CHECK(found(to.template where_contains<&Parcel::tags>("d")) == Labels{"one"});
  CHECK(found(to.template where_contains<&Parcel::tags>("a")) == Labels{"one"});
  CHECK(found(to.template where_contains<&Parcel::tags>("c")).empty());
}

}  // namespace write_laws
