// Several workers on the collections of one store.
#include <eventstore/app/projections.hpp>
#include <eventstore/app/worker_settings.hpp>
#include <eventstore/os/named_lock.hpp>

#include <map>
#include <optional>

#include "branch.hpp"

namespace workers_test {

using namespace bank;
using es::Errc;
namespace app = es::app;

namespace {

constexpr auto ignore_left = [](const app::ProjectionLeft&) {};

// A store on whose collections another process works, as far as anybody can see. Waits take no time.
struct Contested {
  SmallBranch branch{};
  es::Store store = branch.open();
  std::optional<es::NamedLock> other =
      must(es::NamedLock::try_take(branch.files, store.collections_path() + "-worker"));
  int waits = 0;
  std::function<void()> on_wait{};
  std::vector<std::string> told{};
  Rows<app::ProjectionRun> runs{};

  explicit Contested(int events) { branch.fill(store, events); }
  es::Result<void> run(const app::RunProjections& parameters, std::stop_token stop = {}) {
    app::ProjectionOptions options{};
    options.on_standby = [&](const std::string& worker) { told.push_back(worker); };
    options.worker.retry.wait = [&](std::chrono::milliseconds, const std::stop_token&) {
      ++waits;
      if (on_wait) on_wait();
    };
    return app::run_projections(store, parameters, runs, ignore_left, options, std::move(stop));
  }
};

}  // namespace

TEST_CASE("a run waits a little for the process that works and then names it", "[project][workers]") {
  Contested test{3};
  const auto done = test.run({});
  REQUIRE_FALSE(done);
  CHECK(done.error().code == Errc::locked);
  CHECK_THAT(done.error().message(),
             Catch::Contains(test.branch.files.process_name()) && Catch::Contains("has not come to position 3"));
  CHECK(test.waits == 10);
  CHECK(test.runs.all.empty());
}

TEST_CASE("a run goes on when the process that works has ended", "[project][workers]") {
  Contested test{3};
  test.on_wait = [&] { test.other.reset(); };
  REQUIRE(test.run({}));
  CHECK(test.waits == 1);
  CHECK(test.runs.all[0].events == 3);
}

TEST_CASE("a run has nothing to do where the process that works has come to the head", "[project][workers]") {
  Contested test{3};
  test.on_wait = [&] {
    auto others = test.branch.open(es::FileLogOptions::Mode::read_only);
    REQUIRE(others.project());
  };
  REQUIRE(test.run({}));
  CHECK(test.waits == 1);
  CHECK(test.runs.all[0].events == 0);
  CHECK(test.runs.all[0].position == 3);
}

TEST_CASE("a run that follows stands by, says so once, and takes over", "[project][workers]") {
  Contested test{3};
  std::stop_source stop;
  app::ProjectionState seen{};
  const auto look = [&](const app::ProjectionState& state) -> es::Result<void> {
    seen = state;
    return {};
  };
  test.on_wait = [&] {
    REQUIRE(app::list_projections(test.store, look));
    if (test.waits == 3) {
      test.other.reset();
      stop.request_stop();  // seen after the first run
    }
  };
  CHECK(test.run({.follow = true}, stop.get_token()));
  CHECK(test.waits == 3);
  const auto name = test.branch.files.process_name();
  CHECK(test.told == std::vector<std::string>{name});
  CHECK(seen.worker == name);
  CHECK(seen.standby == name);
}

TEST_CASE("one that stands by brings the collections up to date after it took over", "[project][workers]") {
  Contested test{3};
  test.on_wait = [&] { test.other.reset(); };
  std::stop_source stop;
  app::ProjectionOptions options{};
  options.worker.retry.wait = [&](std::chrono::milliseconds, const std::stop_token&) { test.other.reset(); };
  std::uint64_t events = 0;
  const auto on_run = [&](const app::ProjectionRun& run) -> es::Result<void> {
    events = run.events;
    stop.request_stop();
    return {};
  };
  CHECK(app::run_projections(test.store, {.follow = true}, on_run, ignore_left, options, stop.get_token()));
  CHECK(events == 3);
}

TEST_CASE("the settings of workers come from the environment", "[project][workers]") {
  std::map<std::string, std::string> variables;
  const auto variable = [&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  };
  const auto defaults = must(app::worker_settings(variable));
  CHECK(defaults.live_batch_documents == 10);
  CHECK(defaults.retry.retries_max == 3);
  CHECK(defaults.retry.delay == std::chrono::seconds{1});
  variables = {{"DB_LOG_BATCH_SIZE", "50"}, {"DB_MAX_RETRIES", "0"}, {"DB_RETRY_DELAY", "250"}};
  const auto set = must(app::worker_settings(variable));
  CHECK(set.live_batch_documents == 50);
  CHECK(set.retry.retries_max == 0);
  CHECK(set.retry.delay == std::chrono::milliseconds{250});
  variables = {{"DB_LOG_BATCH_SIZE", ""}};
  CHECK(must(app::worker_settings(variable)).live_batch_documents == 10);
  for (const auto* const bad : {"0", "-1", "ten", "1e3", "10 ", "99999999999999999999"}) {
    variables = {{"DB_LOG_BATCH_SIZE", bad}};
    const auto refused = app::worker_settings(variable);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::invalid_argument);
    CHECK_THAT(refused.error().message(),
               Catch::Contains("DB_LOG_BATCH_SIZE") && Catch::Contains(bad) && Catch::Contains("from 1 to 1000000"));
  }
}

TEST_CASE("the environment gives the days that documents of a collection live", "[project][workers]") {
  std::map<std::string, std::string> variables;
  const auto variable = [&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  };
  auto projections = SmallBranch::model().projections;
  projections.back().shape.name = "audit_logs_2";
  CHECK(must(app::worker_settings(variable, projections)).expiry.days.empty());
  variables = {{"EVENTSTORE_KEEP_BALANCES", "0"}, {"EVENTSTORE_KEEP_AUDIT_LOGS_2", "400"}, {"EVENTSTORE_KEEP_X", "1"}};
  const auto set = must(app::worker_settings(variable, projections)).expiry;
  CHECK(set.days == decltype(set.days){{"audit_logs_2", 400}, {"balances", 0}});
  CHECK_FALSE(set.by_shape);
  variables = {{"EVENTSTORE_KEEP_BALANCES", "36501"}};
  const auto refused = app::worker_settings(variable, projections);
  REQUIRE_FALSE(refused);
  CHECK_THAT(refused.error().message(), Catch::Contains("EVENTSTORE_KEEP_BALANCES") && Catch::Contains("0 to 36500"));
}

}  // namespace workers_test
