// Collections as they stood, and their differences between two moments.
#include <eventstore/app/as_of.hpp>
#include <eventstore/app/diff_projection.hpp>
#include <eventstore/app/retain.hpp>
#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/schema/codec.hpp>

#include <filesystem>

#include "app/branch.hpp"

namespace as_of_test {

using namespace bank;
using es::Errc;
namespace app = es::app;

namespace {

using Texts = std::vector<std::string>;

// Ada has four events at noon and the seconds after it, then bea three.
struct Past {
  SmallBranch branch;
  es::Store store = branch.open();
  const std::string out = branch.file("past.sqlite");

  Past() {
    branch.fill(store, 4);
    branch.fill(store, 3, "bea");
  }
  [[nodiscard]] Texts make(app::AsOf parameters) const {
    if (parameters.out.empty()) parameters.out = out;
    Rows<app::CollectionMade> rows;
    const auto made = app::make_as_of(store, parameters, rows);
    if (!made) FAIL(made.error().message());
    Texts lines;
    for (const auto& row : rows.all) lines.push_back(es::to_json(row));
    return lines;
  }
  [[nodiscard]] es::Error error(app::AsOf parameters) const {
    if (parameters.out.empty()) parameters.out = out;
    const auto made = app::make_as_of(store, parameters, [](const auto&) { return es::Result<void>{}; });
    if (made) FAIL("expected an error");
    if (parameters.out == out) CHECK_FALSE(std::filesystem::exists(out));
    return made.error();
  }
  [[nodiscard]] std::vector<std::int64_t> cents(const std::string& collection) const {
    auto made = must(es::SqliteCollections::open(out, es::SqliteCollections::Mode::read_only));
    std::vector<std::int64_t> all;
    for (const auto& row : must(made->rows("SELECT cents FROM " + collection + " ORDER BY cents")))
      all.push_back(std::get<std::int64_t>(row.front()));
    return all;
  }
  // What stands in the folder beside the store.
  [[nodiscard]] Texts files() const {
    Texts names;
    for (const auto& each : std::filesystem::directory_iterator{branch.file("")})
      names.push_back(each.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }
  [[nodiscard]] Texts diff(const app::DiffProjection& parameters) const {
    Texts lines;
    const auto add = [&](const app::DocumentDiffered& each) -> es::Result<void> {
      lines.push_back(each.change + " " + each.changes.text);
      return {};
    };
    lines.push_back(es::to_json(must(app::diff_projection(store, parameters, add))));
    return lines;
  }
};

}  // namespace

TEST_CASE("collections at a position stand in a file of their own and nothing stays beside it", "[as-of]") {
  const Past past;
  CHECK(past.make({.moment = "3"}) == Texts{R"({"collection":"balances","documents":1,"position":3})",
                                            R"({"collection":"owners","documents":1,"position":3})"});
  CHECK(past.cents("balances") == std::vector<std::int64_t>{2});
  CHECK(past.cents("owners") == std::vector<std::int64_t>{2});
  CHECK(past.files() == Texts{"past.sqlite", "store"});
}

TEST_CASE("collections at a time and now are made in the same way", "[as-of]") {
  const Past past;
  CHECK(past.make({.moment = "2026-01-27T12:00:01Z", .collections = {"owners"}}) ==
        Texts{R"({"collection":"owners","documents":1,"position":2})"});
  CHECK(past.cents("owners") == std::vector<std::int64_t>{1});
  std::filesystem::remove(past.out);
  CHECK(past.make({.moment = "now", .collections = {"owners,balances", "owners"}}).front() ==
        R"({"collection":"owners","documents":2,"position":7})");
  CHECK(past.cents("balances") == std::vector<std::int64_t>{2, 3});
  std::filesystem::remove(past.out);
  CHECK(past.make({.moment = "2026-01-28", .collections = {"balances"}, .by = es::EventClock::recorded}).size() == 1);
}

TEST_CASE("a file that exists is never written and a moment that never was makes none", "[as-of]") {
  const Past past;
  CHECK(past.error({.moment = "8"}).code == Errc::not_found);
  CHECK(past.error({.moment = "0"}).code == Errc::invalid_argument);
  CHECK(past.error({.moment = "2026-01-27T11:59:59Z"}).code == Errc::not_found);
  CHECK(past.error({.moment = "soon"}).code == Errc::invalid_argument);
  const auto unknown = past.error({.moment = "3", .collections = {"balances,parcels"}});
  CHECK(unknown.code == Errc::not_found);
  CHECK_THAT(unknown.message(), Catch::Contains("parcels") && Catch::Contains("owners"));
  CHECK(past.error({.moment = "3", .out = past.store.collections_path()}).code == Errc::invalid_argument);
  CHECK(past.error({.moment = "3", .out = past.branch.directory + "/./collections.sqlite"}).code ==
        Errc::invalid_argument);
  CHECK(past.error({.moment = "3", .out = past.branch.file("")}).code == Errc::invalid_argument);
  CHECK_FALSE(past.error({.moment = "3", .out = past.branch.file("nowhere/past.sqlite")}).message().empty());
  (void)past.make({.moment = "3"});
  const auto again =
      app::make_as_of(past.store, {.moment = "4", .out = past.out}, [](const auto&) { return es::Result<void>{}; });
  CHECK(again.error().code == Errc::invalid_argument);
  CHECK_THAT(again.error().message(), Catch::Contains("exists already"));
  CHECK(past.cents("owners") == std::vector<std::int64_t>{2});
}

TEST_CASE("a run that is stopped leaves no file", "[as-of]") {
  const Past past;
  for (const auto* const moment : {"6", "2026-01-27T12:00:03Z"}) {
    std::stop_source stop;
    stop.request_stop();
    const auto made = app::make_as_of(
        past.store, {.moment = moment, .out = past.out}, [](const auto&) { return es::Result<void>{}; }, {},
        stop.get_token());
    CHECK(made.error().code == Errc::stopped);
    CHECK(past.files() == Texts{"store"});
  }
}

TEST_CASE("a projection that cannot go on leaves no file and is named", "[as-of]") {
  Past past;
  REQUIRE(past.store.execute<Account>("ada", Curse{"later"}).has_value());
  const auto failed = past.error({.moment = "now"});
  CHECK(failed.code == Errc::user_exception);
  CHECK(failed.at == es::Position{8});
  CHECK_THAT(failed.message(), Catch::Contains("balances") && Catch::Contains("cursed"));
  CHECK(past.files() == Texts{"store"});
  CHECK(past.make({.moment = "7"}).size() == 2);
}

TEST_CASE("what retention dropped is said and left out only where that was asked for", "[as-of][retain]") {
  Past past;
  past.branch.fill(past.store, 60, "cy");
  const auto dropped =
      must(app::retain(past.store, {past.branch.clock.now().plus_seconds(1), app::RetainAction::drop}));
  REQUIRE(dropped.expired_position > 10);
  const auto refused = past.error({.moment = "now"});
  CHECK(refused.code == Errc::expired);
  CHECK_THAT(refused.message(), Catch::Contains("--without-dropped"));
  CHECK(past.error({.moment = "5", .without_dropped = true}).code == Errc::expired);
  // Ada and bea have no later events; cy has the state that was kept.
  CHECK(past.make({.moment = "now", .collections = {"owners"}, .without_dropped = true}).front() ==
        R"({"collection":"owners","documents":1,"position":67})");
  CHECK(past.cents("owners") == std::vector<std::int64_t>{59});
}

TEST_CASE("a collection differs between two moments by document and field", "[project-diff]") {
  const Past past;
  CHECK(past.diff({.name = "balances", .at = {"3", "7"}}).back() ==
        R"({"projection":"balances","before_position":3,"after_position":7,"same":0,"added":1,"removed":0,)"
        R"("changed":1,"shown":2})");
  auto lines = past.diff({.name = "balances", .at = {"3", "7"}});
  lines.pop_back();
  std::sort(lines.begin(), lines.end());
  CHECK(lines ==
        Texts{R"(added {"before":{},"after":{"cents":2}})", R"(changed {"before":{"cents":2},"after":{"cents":3}})"});
  CHECK(past.diff({.name = "balances", .at = {"7", "2026-01-27T12:00:00Z"}}).size() == 3);
  CHECK(past.diff({.name = "balances", .at = {"2", "@2"}}).size() == 1);
  const auto few = past.diff({.name = "balances", .at = {"3", "now"}, .limit = 1});
  REQUIRE(few.size() == 2);
  CHECK_THAT(few.back(), Catch::Contains(R"("changed":1,"shown":1)"));
  CHECK(past.files() == Texts{"store"});
}

TEST_CASE("a difference between moments that never were is refused", "[project-diff]") {
  const Past past;
  const auto error = [&](const app::DiffProjection& parameters) {
    const auto made = app::diff_projection(past.store, parameters, [](const auto&) { return es::Result<void>{}; });
    REQUIRE_FALSE(made.has_value());
    return made.error().code;
  };
  CHECK(error({.name = "balances", .at = {"3"}}) == Errc::invalid_argument);
  CHECK(error({.name = "balances", .at = {"1", "2", "3"}}) == Errc::invalid_argument);
  CHECK(error({.name = "balances", .at = {"1", "8"}}) == Errc::not_found);
  CHECK(error({.name = "balances", .at = {"1", "then"}}) == Errc::invalid_argument);
  CHECK(error({.name = "parcels", .at = {"1", "2"}}) == Errc::not_found);
}

}  // namespace as_of_test
