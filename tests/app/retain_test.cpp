#include <eventstore/app/projections.hpp>
#include <eventstore/app/retain.hpp>
#include <eventstore/schema/codec.hpp>

#include "branch.hpp"

namespace retain_test {

using namespace bank;
using es::Errc;
namespace app = es::app;

TEST_CASE("a dry run tells what retention would do, and the log stays", "[retain]") {
  SmallBranch branch;
  branch.fill(60);
  auto store = branch.open();
  const auto before = branch.clock.now().plus_seconds(1);
  const auto planned = must(app::retain(store, {before, app::RetainAction::drop, true}));
  CHECK(planned.dry_run);
  CHECK(planned.segments > 0);
  CHECK(planned.first_position == 1);
  CHECK(planned.recorded_from == noon);
  CHECK(planned.expired_position == 0);
  CHECK_THAT(es::to_json(planned), Catch::StartsWith(R"({"action":"drop","dry_run":true,"segments":)"));
  const auto done = must(app::retain(store, {before, app::RetainAction::drop}));
  CHECK(done.segments == planned.segments);
  CHECK(done.expired_position == done.last_position);
  CHECK(es::to_json(must(app::retain(store, {noon, app::RetainAction::archive}))) ==
        R"({"action":"archive","dry_run":false,"segments":0,"expired_position":)" +
            std::to_string(done.expired_position) + "}");
}

TEST_CASE("archived segments stay readable", "[retain]") {
  SmallBranch branch;
  branch.fill(60);
  auto store = branch.open();
  const auto done = must(app::retain(store, {branch.clock.now().plus_seconds(1), app::RetainAction::archive}));
  CHECK(done.archived_bytes.value_or(0) > 0);
  CHECK(done.expired_position == 0);
  CHECK(must(store.repository<Account>().load("ada")).state.cents == 59);
}

TEST_CASE("a log that only reads retains nothing", "[retain]") {
  SmallBranch branch;
  branch.fill(60);
  auto store = branch.open(es::FileLogOptions::Mode::read_only);
  CHECK(app::retain(store, {branch.clock.now(), app::RetainAction::drop}).error().code == Errc::read_only);
}

TEST_CASE("a projection that missed what retention dropped says so, and the others are shown", "[retain][project]") {
  SmallBranch branch;
  auto store = branch.open();
  branch.fill(store, 5);
  REQUIRE(store.project({"balances"}));
  branch.fill(store, 60, "bea");
  REQUIRE(store.project({"owners"}));
  const auto dropped = must(app::retain(store, {branch.clock.now().plus_seconds(1), app::RetainAction::drop}));
  REQUIRE(dropped.expired_position > 5);
  Rows<app::ProjectionState> rows;
  REQUIRE(app::list_projections(store, rows));
  REQUIRE(rows.all.size() == 2);
  CHECK(rows.all[0].health == "expired");
  CHECK(rows.all[0].position == 5);
  CHECK(rows.all[0].documents == 1);
  CHECK_THAT(rows.all[0].reason.value_or(""), Catch::Contains("retention dropped the events up to position") &&
                                                  Catch::Contains("ends at position 5") && Catch::Contains("backup"));
  CHECK(rows.all[1].health == "live");
  CHECK(rows.all[1].behind == 0);
  SECTION("running it builds it of the documents that were kept") {
    const auto ignore = [](const app::ProjectionRun&) { return es::Result<void>{}; };
    REQUIRE(app::run_projections(store, {}, ignore, [](const app::ProjectionLeft&) {}));
    rows.all.clear();
    REQUIRE(app::list_projections(store, rows));
    CHECK(rows.all[0].health == "live");
    CHECK(rows.all[0].behind == 0);
    CHECK(rows.all[0].documents == 2);
    CHECK_FALSE(rows.all[0].note);
  }
}

}  // namespace retain_test
