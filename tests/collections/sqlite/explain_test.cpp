// What questions compile to: SQLite answers them by the collection's indexes.
#include "laws/collections/collections_laws.hpp"

using namespace eventstore;
using namespace eventstore::laws;
using Catch::Contains;

namespace {

struct Explained : Depot<SqliteCollectionsEngine> {
  [[nodiscard]] std::string of(Conditions where, Order order = {}, std::optional<Cursor> after = {}) {
    return good(
        collections.explain(shape, "org-1", DocumentQuery{std::move(where), std::move(order), std::move(after), 10}));
  }
};

}  // namespace

TEST_CASE("conditions are looked up in the indexes of their fields", "[collections][sqlite][explain]") {
  using Kind = Condition::Kind;
  Explained plan;
  CHECK_THAT(plan.of({{"status", Kind::equal, {"open"}}}), Contains("parcels_by_status"));
  CHECK_THAT(plan.of({{"status", Kind::any_of, {"open", "closed"}}}), Contains("parcels_by_status"));
  CHECK_THAT(plan.of({{"created_at", Kind::at_least, {noon}}}), Contains("parcels_by_created_at"));
  CHECK_THAT(plan.of({{"urgency", Kind::greater, {"low"}}}), Contains("parcels_by_urgency_rank"));
  CHECK_THAT(plan.of({{"wrapping.fragile", Kind::equal, {true}}}), Contains("parcels_by_wrapping_fragile"));
  CHECK_THAT(plan.of({{"label", Kind::words, {"red"}}}), Contains("parcels_text"));
  CHECK_THAT(plan.of({{"_id", Kind::equal, {"x"}}}), Contains("parcels_by__id"));
}

TEST_CASE("a list is looked up by its elements", "[collections][sqlite][explain]") {
  Explained plan;
  CHECK_THAT(plan.of({{"tags", Condition::Kind::contains, {"red"}}}),
             Contains("parcels_elements USING PRIMARY KEY (organization_id=? AND field=? AND value=?)"));
}

TEST_CASE("an index of documents that are not empty answers questions for them", "[collections][sqlite][explain]") {
  Explained plan;
  const Order newest{{"created_at"}, true};
  CHECK_THAT(
      plan.of({{"tags", Condition::Kind::not_empty, {}}, {"created_at", Condition::Kind::at_least, {noon}}}, newest),
      Contains("parcels_by_created_at_2"));
  CHECK_THAT(plan.of({{"tags", Condition::Kind::empty, {}}}, newest), !Contains("parcels_by_created_at_2"));
}

TEST_CASE("elements follow what is written and go with a collection that is replaced", "[collections][sqlite]") {
  Depot<SqliteCollectionsEngine> depot{false};
  const auto with = [](std::vector<std::string> tags) {
    auto made = parcel("tagged");
    made.tags = std::move(tags);
    return made;
  };
  const auto entries = [&](const std::string& table) {
    std::vector<std::string> found;
    for (const auto& row : good(depot.collections.rows("SELECT value FROM " + table + " ORDER BY value")))
      found.push_back(std::get<std::string>(row.front()));
    return found;
  };
  depot.write({put("1", with({"a", "b", "a"})), put("2", with({"b"})), put("3", with({}))});
  REQUIRE(depot.collections.finish(depot.shape, Position{1}));
  CHECK(entries("parcels_elements") == std::vector<std::string>{"a", "b", "b"});
  depot.write({put("1", with({"c"})), removal("2"), changed("3", [](Parcel& to) { to.tags.push_back("d"); })});
  CHECK(entries("parcels_elements") == std::vector<std::string>{"c", "d"});
}

TEST_CASE("a unique index refuses a value that another document of the organization has", "[collections][sqlite]") {
  Depot<SqliteCollectionsEngine> depot;
  auto shape = CollectionShape::of("notes", schema_of<Parcel>(), {unique_index_on({"note"})}, 0);
  REQUIRE(depot.collections.create(shape, "notes", {}));
  REQUIRE(depot.collections.finish(shape, Position{0}));
  const auto noted = [](std::optional<std::string> note) {
    auto made = parcel("noted");
    made.note = std::move(note);
    return made;
  };
  auto write = [&, at = Position{0}](std::vector<DocumentWrite> writes) mutable {
    const CollectionBatch batch{&shape, "notes", std::move(writes), at, {at.next()}};
    auto done = depot.collections.commit({&batch, 1});
    if (done) at = at.next();
    return done;
  };
  REQUIRE(write({put("1", noted("x")), put("2", noted({})), put("3", noted({})), put("4", noted("x"), "org-2")}));
  CHECK_FALSE(write({put("5", noted("y")), put("6", noted("x"))}));
  CHECK(good(depot.collections.count("notes")) == 4);
}

TEST_CASE("an order that has an index is read from it, from the cursor on", "[collections][sqlite][explain]") {
  Explained plan;
  const Order newest{{"created_at", "position"}, true};
  CHECK_THAT(plan.of({}, newest), Contains("parcels_by_created_at") && Contains("RIGHT PART OF ORDER BY"));
  CHECK_THAT(plan.of({}, newest, Cursor{{noon, std::int64_t{7}}, "x"}),
             Contains("parcels_by_created_at (organization_id=? AND created_at<?)"));
  CHECK_THAT(plan.of({}, {{"urgency"}, true}), Contains("parcels_by_urgency_rank"));
}

TEST_CASE("what is near is looked up in the index of places", "[collections][sqlite][explain]") {
  Explained plan;
  CHECK_THAT(good(plan.collections.explain(plan.shape, "org-1", NearQuery{"place", 10, 53.5, 1000, {}, 5})),
             Contains("parcels_location") && Contains("USING INTEGER PRIMARY KEY"));
}

TEST_CASE("documents that are too old are found by the index of their time in each organization",
          "[collections][sqlite][explain]") {
  Explained plan;
  const auto steps = good(plan.collections.explain_expiry(plan.shape));
  CHECK_THAT(steps,
             Contains("parcels_by_created_at (organization_id=? AND created_at<?)") && Contains("(organization_id>?)"));
  CHECK_THAT(steps, !Contains("SCAN parcels") && !Contains("SCAN documents"));
}

TEST_CASE("documents whose time has no index are read from the first one on", "[collections][sqlite][explain]") {
  Explained plan;
  plan.shape.keep_since = "created_at";
  REQUIRE(plan.collections.create(plan.shape, plan.shape.name, {}));  // being built: no index yet
  CHECK_THAT(good(plan.collections.explain_expiry(plan.shape)), Contains("SCAN parcels"));
}
