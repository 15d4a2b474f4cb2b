#include <eventstore/app/rebuild_projections.hpp>
#include <eventstore/app/verify_projections.hpp>
#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/os/named_lock.hpp>
#include <eventstore/schema/codec.hpp>

#include <unistd.h>

#include <algorithm>

#include "branch.hpp"

namespace rebuild_projections_test {

using namespace bank;
using es::Errc;
namespace app = es::app;

namespace {

struct Rebuilds {
  SmallBranch branch;
  es::Model model = SmallBranch::model();

  Rebuilds() {
    auto store = branch.open();
    branch.fill(store, 10);
    REQUIRE(app::run_projections(
        store, {}, [](const app::ProjectionRun&) { return es::Result<void>{}; }, [](const app::ProjectionLeft&) {}));
  }
  es::Result<std::vector<app::ProjectionRebuild>> rebuild(const app::RebuildProjections& parameters) {
    auto store = must(es::Store::open(branch.directory, model));
    Rows<app::ProjectionRebuild> rows;
    EVENTSTORE_TRY_ASSIGN(sentence, app::rebuild_projections(store, parameters, rows));
    return rows.all;
  }
  std::vector<std::string> names(const app::RebuildProjections& parameters) {
    std::vector<std::string> all;
    for (const auto& each : must(rebuild(parameters))) all.push_back(each.projection);
    return all;
  }
  void edit(const std::string& sql) {
    auto store = must(es::Store::open(branch.directory, model));
    REQUIRE(must(es::SqliteCollections::open(store.collections_path()))->rows(sql));
  }
  std::string sentence;
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("rebuilds are of those that are named or stale or of all", "[project][rebuild]") {
  Rebuilds test;
  CHECK(test.names({.names = {"owners"}}) == Names{"owners"});
  CHECK(test.names({.names = {"owners", "owners"}}) == Names{"owners"});
  CHECK(test.names({.all = true}) == Names{"balances", "owners"});
  CHECK(test.names({.stale = true}).empty());
  test.model.projections[0] = es::projection<Balances>("other code");
  CHECK(test.names({.stale = true}) == Names{"balances"});
  CHECK(test.names({.stale = true}).empty());
}

TEST_CASE("a rebuild that says nothing or too much is refused", "[project][rebuild]") {
  Rebuilds test;
  for (const app::RebuildProjections& each : {app::RebuildProjections{},
                                              {.names = {"owners"}, .all = true},
                                              {.stale = true, .all = true},
                                              {.all = true, .expect_same = true, .rollback = true}})
    CHECK(test.rebuild(each).error().code == Errc::invalid_argument);
}

TEST_CASE("a rebuild that is expected to be the same is not switched to where it differs", "[project][rebuild]") {
  Rebuilds test;
  test.edit("UPDATE balances SET cents = cents + 5");
  const auto rows = must(test.rebuild({.all = true, .expect_same = true}));
  CHECK_THAT(test.sentence, Catch::EndsWith("documents would differ: balances"));
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].live == "before");
  CHECK(rows[0].changed == 1);
  REQUIRE(rows[0].fields);
  CHECK(rows[0].fields->front().field == "cents");
  REQUIRE(rows[0].examples);
  CHECK(rows[0].examples->front().field == "cents");
  CHECK(rows[1].live == "rebuilt");
  CHECK(must(test.rebuild({.names = {"balances"}}))[0].live == "rebuilt");
  CHECK(must(test.rebuild({.names = {"balances"}, .expect_same = true}))[0].changed == 0);
  CHECK(test.sentence.empty());
}

TEST_CASE("the progress of several rebuilds is that of one", "[project][rebuild]") {
  Rebuilds test;
  auto store = must(es::Store::open(test.branch.directory, test.model));
  std::vector<double> parts;
  app::ProjectionOptions options{};
  options.on_progress = [&](const app::Progress& now) { parts.push_back(now.part); };
  Rows<app::ProjectionRebuild> rows;
  REQUIRE(app::rebuild_projections(store, {.all = true}, rows, options));
  REQUIRE(parts.size() >= 2);
  CHECK(std::is_sorted(parts.begin(), parts.end()));
  CHECK(parts.back() == 1);
}

TEST_CASE("what a rebuild replaced is put back and told to be stale", "[project][rebuild]") {
  Rebuilds test;
  test.model.projections[0] = es::projection<Balances>("other code");
  CHECK(must(test.rebuild({.stale = true}))[0].live == "rebuilt");
  const auto back = must(test.rebuild({.names = {"balances"}, .rollback = true}));
  CHECK(back[0].live == "back");
  CHECK(back[0].position == 10);
  CHECK_THAT(back[0].reason.value_or(""), Catch::Contains("its code changed"));
  CHECK_FALSE(must(test.rebuild({.names = {"balances"}, .rollback = true}))[0].reason);
}

TEST_CASE("a rebuild that fails among several has a row with its error", "[project][rebuild]") {
  Rebuilds test;
  test.edit("CREATE INDEX owners__rebuild ON _checkpoints (position)");  // takes the name of its table
  const auto rows = must(test.rebuild({.all = true}));
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].live == "rebuilt");
  CHECK_FALSE(rows[0].error);
  CHECK(rows[1].live == "before");
  CHECK(rows[1].error);
  CHECK_THAT(test.sentence, Catch::EndsWith("left their collections as they were: owners"));
  CHECK_FALSE(test.rebuild({.names = {"owners"}}));
}

TEST_CASE("one process at a time rebuilds or verifies the collections of a store", "[project][rebuild]") {
  Rebuilds test;
  auto store = test.branch.open();
  const auto lock = must(es::NamedLock::try_take(store.files(), store.collections_path() + "-rebuild"));
  REQUIRE(lock);
  Rows<app::ProjectionRebuild> rows;
  const auto rebuilt = app::rebuild_projections(store, {.all = true}, rows);
  REQUIRE_FALSE(rebuilt);
  CHECK(rebuilt.error().code == Errc::locked);
  CHECK_THAT(rebuilt.error().message(), Catch::Contains(std::to_string(getpid())) && Catch::Contains("wait"));
  const auto verified =
      app::verify_projections(store, {}, [](const app::ProjectionVerified&) { return es::Result<void>{}; });
  REQUIRE_FALSE(verified);
  CHECK(verified.error().code == Errc::locked);
}

TEST_CASE("collections are put back together or not at all", "[project][rebuild]") {
  Rebuilds test;
  CHECK(test.names({.names = {"balances"}}) == Names{"balances"});
  const auto both = test.rebuild({.all = true, .rollback = true});
  REQUIRE_FALSE(both);
  CHECK(both.error().code == Errc::not_found);
  CHECK_THAT(both.error().message(), Catch::Contains("owners") && Catch::Contains("nothing was put back"));
  CHECK(test.names({.names = {"balances"}, .rollback = true}) == Names{"balances"});
  CHECK(test.rebuild({.stale = true, .rollback = true}).error().code == Errc::invalid_argument);
}

}  // namespace rebuild_projections_test
