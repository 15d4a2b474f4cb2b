#include <eventstore/app/dead_letters.hpp>
#include <eventstore/app/projections.hpp>
#include <eventstore/schema/codec.hpp>

#include "branch.hpp"

namespace dead_letters_test {

using namespace bank;
using es::Errc;
namespace app = es::app;

namespace {

bool is_lucky = false;

struct Moves {
  static constexpr auto name = "moves";
  static constexpr auto on_failure = es::OnFailure::set_aside;
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents));
  };
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Puts<Document>& to) {
    if (!is_lucky && c.version.value % 3 == 0) throw std::runtime_error{"three"};
    to.append(c, {c.after.cents});
  }
};
struct Latest : Moves {
  static constexpr auto name = "latest";
  static void project(const es::Change<Account>& c, es::Puts<Document>& to) {
    if (!is_lucky && c.version.value % 3 == 0) throw std::runtime_error{"three"};
    to.put(c.key, {c.after.cents});
  }
};

struct Branch {
  SmallBranch branch;
  es::Store store = [this] {
    es::StoreOptions options{};
    options.clock = &branch.clock;
    return must(es::Store::open(branch.directory,
                                {{es::aggregate<Account>("1")}, {es::projection<Moves>(), es::projection<Latest>()}},
                                options));
  }();
  Branch() {
    is_lucky = false;
    branch.fill(store, 7);
  }
  app::ProjectionRun run() {
    Rows<app::ProjectionRun> rows;
    REQUIRE(app::run_projections(store, {}, rows, [](const app::ProjectionLeft& left) { FAIL(app::to_text(left)); }));
    return rows.all.front();
  }
  std::vector<app::ProjectionLetter> list(const std::string& name = "") {
    Rows<app::ProjectionLetter> rows;
    REQUIRE(app::list_projection_letters(store, {.name = name}, rows));
    return rows.all;
  }
  app::ProjectionState state(std::size_t index) {
    Rows<app::ProjectionState> rows;
    REQUIRE(app::list_projections(store, rows));
    return rows.all[index];
  }
  bool all_well() {
    Rows<app::ProjectionState> unwell;
    return must(app::check_projections_health(store, {}, unwell));
  }
};

}  // namespace

TEST_CASE("events that are set aside are counted and listed", "[project][dead_letter]") {
  Branch test;
  CHECK(test.list().empty());
  const auto run = test.run();
  CHECK(run.events == 7);
  CHECK(run.set_aside == 4);
  const auto letters = test.list();
  REQUIRE(letters.size() == 4);
  CHECK(letters[0].projection == "moves");
  CHECK(letters[0].position == 3);
  CHECK(letters[0].stream == "account-ada");
  CHECK(letters[0].event_type == "MoneyDeposited");
  CHECK(letters[0].state == "set_aside");
  CHECK(letters[0].code == "user_exception");
  CHECK_THAT(letters[0].reason, Catch::Contains("position 3: three"));
  CHECK(letters[0].attempts == 1);
  CHECK(letters[1].position == 6);
  CHECK(letters[2].projection == "latest");
  CHECK(test.list("latest").size() == 2);
  CHECK(test.state(0).health == "live");
  CHECK(test.state(0).set_aside == 2);
  CHECK_FALSE(test.state(0).dropped);
  CHECK_FALSE(test.all_well());
}

TEST_CASE("a retry without a position tries all events of the projection", "[project][dead_letter]") {
  Branch test;
  test.run();
  Rows<app::ProjectionLetter> rows;
  const auto failed = app::retry_projection_letters(test.store, {.name = "moves"}, rows);
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == Errc::user_exception);
  REQUIRE(rows.all.size() == 2);
  CHECK(rows.all[1].state == "set_aside");
  CHECK(rows.all[1].attempts == 2);
  is_lucky = true;
  rows.all.clear();
  REQUIRE(app::retry_projection_letters(test.store, {.name = "moves"}, rows));
  REQUIRE(rows.all.size() == 2);
  CHECK(rows.all[0].state == "retried");
  CHECK(rows.all[0].attempts == 3);
  CHECK(test.list("moves").empty());
  CHECK(test.state(0).documents == 7);
  REQUIRE(app::retry_projection_letters(test.store, {.name = "moves"}, rows));
}

TEST_CASE("a retry that would overwrite later documents is refused", "[project][dead_letter]") {
  Branch test;
  test.run();
  is_lucky = true;
  Rows<app::ProjectionLetter> rows;
  const auto refused = app::retry_projection_letters(test.store, {.name = "latest", .position = 3}, rows);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::refused);
  CHECK_THAT(refused.error().message(), Catch::Contains("run `project rebuild latest`"));
  CHECK(rows.all.empty());
}

TEST_CASE("dropped events stay in the list and the projections are well", "[project][dead_letter]") {
  Branch test;
  test.run();
  Rows<app::ProjectionLetter> rows;
  REQUIRE(app::drop_projection_letters(test.store, {.name = "moves", .position = 3}, rows));
  CHECK(rows.all.size() == 1);
  CHECK(rows.all[0].state == "dropped");
  REQUIRE(app::drop_projection_letters(test.store, {.name = "moves", .all = true}, rows));
  CHECK(rows.all.size() == 2);
  REQUIRE(app::drop_projection_letters(test.store, {.name = "latest", .all = true}, rows));
  CHECK(test.list("moves")[1].state == "dropped");
  CHECK_FALSE(test.state(0).set_aside);
  CHECK(test.state(0).dropped == 2);
  CHECK(test.all_well());
}

TEST_CASE("what a decision about events that are set aside lacks is told", "[project][dead_letter]") {
  Branch test;
  test.run();
  Rows<app::ProjectionLetter> rows;
  CHECK(app::list_projection_letters(test.store, {.name = "move"}, rows).error().code == Errc::not_found);
  CHECK(app::retry_projection_letters(test.store, {.name = "moves", .position = 4}, rows).error().code ==
        Errc::not_found);
  CHECK(app::drop_projection_letters(test.store, {.name = "moves", .position = 4}, rows).error().code ==
        Errc::not_found);
  for (const auto& neither_or_both : {app::DropProjectionLetters{.name = "moves"},
                                      app::DropProjectionLetters{.name = "moves", .position = 3, .all = true}}) {
    const auto refused = app::drop_projection_letters(test.store, neither_or_both, rows);
    CHECK(refused.error().code == Errc::invalid_argument);
    CHECK_THAT(refused.error().message(), Catch::Contains("give the position of the event, or --all"));
  }
}

}  // namespace dead_letters_test
