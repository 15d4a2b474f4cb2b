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
