#include <eventstore/app/projections.hpp>
#include <eventstore/app/rebuild_projections.hpp>
#include <eventstore/schema/codec.hpp>

#include <filesystem>

#include "branch.hpp"
#include "raw_event.hpp"

namespace projections_test {

using namespace bank;
using es::Errc;
namespace app = es::app;

namespace {

struct PassingOwners : Owners {
  static constexpr bool passes_over_unknown = true;
};

struct Payments {
  static constexpr auto name = "payments";
  static constexpr int keep_days = 2;
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents), (es::Timestamp, created_at));
  };
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) {
    to.append(c, {c.after.cents, c.metadata.created_at});
  }
};

constexpr auto ignore_left = [](const app::ProjectionLeft&) {};

es::Result<std::vector<app::ProjectionRun>> run(es::Store& store, const app::RunProjections& parameters,
                                                const app::OnProgress& on_progress = {}) {
  Rows<app::ProjectionRun> rows;
  EVENTSTORE_TRY(app::run_projections(store, parameters, rows, ignore_left, {.on_progress = on_progress}));
  return rows.all;
}

// Without its digest.
std::string line_of(app::ProjectionState state) {
  CHECK(state.digest.has_value() == (state.health == "live"));
  state.digest.reset();
  return es::to_json(state);
}

std::vector<app::ProjectionState> list(es::Store& store) {
  Rows<app::ProjectionState> rows;
  REQUIRE(app::list_projections(store, rows));
  return rows.all;
}

}  // namespace

TEST_CASE("projections are run, and tell how far they are", "[project]") {
  SmallBranch branch;
  auto store = branch.open();
  branch.fill(store, 10);
  CHECK(line_of(list(store)[0]) ==
        R"({"projection":"balances","health":"missing","position":0,"behind":10,"documents":0,"behind_seconds":9.0})");
  app::Progress last{};
  const auto runs = must(run(store, {.names = {"owners"}}, [&](const app::Progress& now) { last = now; }));
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].events == 10);
  CHECK(runs[0].position == 10);
  CHECK(runs[0].seconds == 0);  // the clock stands still
  CHECK(!runs[0].stopped);
  CHECK(last.done == 10);
  CHECK(last.part == 1);
  CHECK(list(store)[0].health == "missing");
  CHECK(line_of(list(store)[1]) == R"({"projection":"owners","health":"live","position":10,"behind":0,"documents":1})");
}

TEST_CASE("a projection that is held is told and the others go on", "[project]") {
  SmallBranch branch;
  const es::Model model{{es::aggregate<Account>("1")}, {es::projection<Balances>(), es::projection<PassingOwners>()}};
  es::StoreOptions options{};
  options.clock = &branch.clock;
  auto store = must(es::Store::open(branch.directory, model, options));
  branch.fill(store, 2);
  append_raw(store, "account-ada", "AccountFrozen");
  std::vector<app::ProjectionLeft> left;
  Rows<app::ProjectionRun> rows;
  REQUIRE(app::run_projections(store, {}, rows, [&](const app::ProjectionLeft& one) { left.push_back(one); }));
  REQUIRE(left.size() == 1);
  CHECK(left[0].projection == "balances");
  CHECK(left[0].health == "held");
  CHECK_THAT(left[0].reason, Catch::StartsWith("position 3 has AccountFrozen of account-ada, which this build"));
  CHECK(list(store)[0].health == "held");
  CHECK(line_of(list(store)[1]) ==
        R"({"projection":"owners","health":"live","position":3,"behind":0,"documents":1,"passed_over":)"
        R"([{"category":"account","event_type":"AccountFrozen","first":3,"events":1}]})");
}

TEST_CASE("to look at projections makes no collections", "[project]") {
  SmallBranch branch;
  auto store = branch.open();
  branch.fill(store, 1);
  CHECK(list(store)[0].health == "missing");
  CHECK_FALSE(std::filesystem::exists(branch.directory + "/collections.sqlite"));
  REQUIRE(run(store, {}));
  CHECK(list(store)[0].health == "live");
}

TEST_CASE("a run follows the log until it is asked to stop", "[project]") {
  SmallBranch branch;
  auto store = branch.open();
  branch.fill(store, 10);
  std::stop_source stop;
  const auto stop_at_once = [&](const app::ProjectionRun&) -> es::Result<void> {
    stop.request_stop();
    return {};
  };
  CHECK(app::run_projections(store, {.follow = true, .expire = true}, stop_at_once, ignore_left, {}, stop.get_token()));
}

TEST_CASE("a rebuild makes the collection again, and a stopped one goes on later", "[project]") {
  SmallBranch branch;
  auto store = branch.open();
  branch.fill(store, 10);
  REQUIRE(run(store, {}));
  std::stop_source stop;
  stop.request_stop();
  Rows<app::ProjectionRebuild> rows;
  const app::RebuildProjections balances{.names = {"balances"}};
  const auto refused = app::rebuild_projections(store, balances, rows, {}, stop.get_token());
  CHECK(refused.error().code == Errc::stopped);
  CHECK_THAT(refused.error().message(), Catch::Contains("run the same command again to continue"));
  REQUIRE(rows.all.size() == 1);
  CHECK(rows.all[0].stopped);
  CHECK(list(store)[0].rebuild_position == 0);
  CHECK(must(app::rebuild_projections(store, balances, rows)).empty());
  CHECK(es::to_json(rows.all[1]) ==
        R"({"projection":"balances","events":10,"position":10,"seconds":0.0,"events_per_second":0,"stopped":false,)"
        R"("live":"rebuilt","same":1,"added":0,"removed":0,"changed":0})");
  CHECK(!list(store)[0].rebuild_position);
}

TEST_CASE("a collection that another build made is passed over, and why is told", "[project]") {
  SmallBranch branch;
  {
    auto store = branch.open();
    branch.fill(store, 10);
    REQUIRE(run(store, {}));
  }
  es::Model changed = SmallBranch::model();
  changed.projections[0] = es::projection<Balances>("other code");
  auto store = must(es::Store::open(branch.directory, changed));
  std::vector<app::ProjectionLeft> left;
  REQUIRE(app::run_projections(
      store, {}, [](const app::ProjectionRun&) { return es::Result<void>{}; },
      [&](const app::ProjectionLeft& each) { left.push_back(each); }));
  REQUIRE(left.size() == 1);
  CHECK(left[0].projection == "balances");
  CHECK(left[0].health == "stale");
  CHECK_THAT(left[0].reason, Catch::Contains("its code changed"));
}

TEST_CASE("an unknown projection is not found, and a full taker ends the list", "[project]") {
  SmallBranch branch;
  auto store = branch.open();
  branch.fill(store, 3);
  CHECK_THAT(run(store, {.names = {"sums"}}).error().detail, Catch::Contains("balances, owners"));
  Rows<app::ProjectionRebuild> rows;
  CHECK(app::rebuild_projections(store, {.names = {"sums"}}, rows).error().code == Errc::not_found);
  CHECK(app::list_projections(store, full).error().code == Errc::out_of_space);
  CHECK(app::run_projections(store, {}, full, ignore_left).error().code == Errc::out_of_space);
}

namespace {

struct Unlucky : Balances {
  static constexpr auto name = "unlucky";
  static void project(const es::Change<Account>& c, es::Operations<Document>&) {
    if (c.version == es::Version{3}) throw std::runtime_error{"three"};
  }
};

}  // namespace

TEST_CASE("a projection that fails is told with its place and the others go on", "[project]") {
  SmallBranch branch;
  const es::Model model{{es::aggregate<Account>("1")}, {es::projection<Balances>(), es::projection<Unlucky>()}};
  es::StoreOptions options{};
  options.clock = &branch.clock;
  auto store = must(es::Store::open(branch.directory, model, options));
  branch.fill(store, 5);
  std::vector<app::ProjectionLeft> left;
  Rows<app::ProjectionRun> rows;
  REQUIRE(app::run_projections(store, {}, rows, [&](const app::ProjectionLeft& one) { left.push_back(one); }));
  CHECK(rows.all[0].position == 5);
  REQUIRE(left.size() == 1);
  CHECK(left[0].projection == "unlucky");
  CHECK(left[0].health == "failed");
  CHECK_THAT(left[0].reason, Catch::StartsWith("user_exception: ") && Catch::Contains("position 3: three"));
  const auto states = list(store);
  CHECK(states[0].health == "live");
  CHECK(states[1].health == "failed");
  CHECK(states[1].error == "user_exception");
  CHECK(states[1].error_position == 3);
  CHECK(states[1].position == 2);
  CHECK(states[1].behind == 3);
  CHECK(states[1].behind_seconds == 2);
}

TEST_CASE("the health of projections names those that are unwell", "[project]") {
  SmallBranch branch;
  auto store = branch.open();
  branch.fill(store, 3);
  Rows<app::ProjectionState> unwell;
  CHECK_FALSE(must(app::check_projections_health(store, {}, unwell)));
  CHECK(unwell.all.size() == 2);
  REQUIRE(run(store, {}));
  CHECK(must(app::check_projections_health(store, {}, unwell)));
  branch.clock.advance_seconds(60);
  REQUIRE(store.execute<Account>("ada", Deposit{1}));
  branch.clock.advance_seconds(60);
  unwell.all.clear();
  CHECK(must(app::check_projections_health(store, {.behind_seconds_max = 60}, unwell)));
  CHECK_FALSE(must(app::check_projections_health(store, {.behind_seconds_max = 59}, unwell)));
  CHECK(unwell.all.size() == 2);
}

TEST_CASE("a run with expire removes what is older than the limit of its collection or of the settings", "[project]") {
  SmallBranch branch;
  es::StoreOptions options{};
  options.clock = &branch.clock;
  auto store =
      must(es::Store::open(branch.directory, {{es::aggregate<Account>("1")}, {es::projection<Payments>()}}, options));
  branch.fill(store, 2);
  branch.clock.advance_seconds(86'400);
  branch.fill(store, 3, "bob");
  branch.clock.advance_seconds(86'400);
  const auto run_with = [&](bool expire, std::optional<std::uint32_t> days) {
    app::ProjectionOptions how{};
    if (days) how.worker.expiry.days["payments"] = *days;
    REQUIRE(app::run_projections(store, {.expire = expire}, Rows<app::ProjectionRun>{}, ignore_left, how));
    return list(store)[0].documents;
  };
  CHECK(run_with(false, 1) == 5);
  CHECK_FALSE(list(store)[0].expired_before);
  CHECK(run_with(true, 0) == 5);
  CHECK(run_with(true, {}) == 3);
  CHECK(list(store)[0].expired_before == branch.clock.now().plus_seconds(-2 * 86'400));
  CHECK(run_with(true, 1) == 1);  // which is a day old, and not older
}

TEST_CASE("a run that follows tells of documents that could not be removed", "[project]") {
  CHECK(app::to_text({"payments", "not expired", "the disk is full"}) == "payments is not expired: the disk is full");
}

}  // namespace projections_test
