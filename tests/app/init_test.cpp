// A store that is made ready for use, again and again.
#include <eventstore/app/init.hpp>

#include "branch.hpp"

namespace init_test {

using namespace bank;
namespace app = es::app;

namespace {

using Texts = std::vector<std::string>;

// Each document has the same value, which its index allows once.
struct Clashing : Balances {
  static constexpr auto name = "clashing";
  struct Document {
    EVENTSTORE_FIELDS(Document, (std::string, colour));
  };
  static std::vector<es::Index> indexes() { return {es::unique_index_on({"colour"})}; }
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) { to.put(c.key, {"red"}); }
};

struct Making {
  es::test::TemporaryDirectory folder{};
  es::ManualClock clock{noon};
  Texts told{};

  es::Store open(es::Model model = SmallBranch::model()) {
    es::StoreOptions options{};
    options.clock = &clock;
    return must(es::Store::open(folder.file("store"), std::move(model), options));
  }
  es::Result<app::StoreMade> init(es::Store& store, const app::InitStore& parameters = {}) {
    app::InitWatch watch{};
    watch.on_warning = [&](const std::string& sentence) { told.push_back(sentence); };
    return app::init_store(store, parameters, watch);
  }
};

}  // namespace

TEST_CASE("an empty store gets its collections and their indexes once", "[init]") {
  Making making;
  auto store = making.open();
  const auto first = must(making.init(store));
  CHECK(first.made == Texts{"balances", "owners"});
  CHECK(first.collections == 2);
  CHECK(first.indexes == 2);  // by `_id`
  CHECK(first.documents == 0);
  CHECK(first.events == 0);
  CHECK_FALSE(first.made_up);
  const auto second = must(making.init(store));
  CHECK(second.made.empty());
  CHECK(second.collections == 2);
  CHECK(making.told.empty());
}

TEST_CASE("a sample fills an empty store and never another one unasked", "[init]") {
  Making making;
  auto store = making.open();
  const auto filled = must(making.init(store, {.sample = true, .events = 60, .seed = 1, .force = false}));
  CHECK(filled.made_up == 60);
  CHECK(filled.events == 60);
  CHECK(filled.documents > 0);
  const auto again = must(making.init(store, {.sample = true, .events = 60, .seed = 2, .force = false}));
  CHECK_FALSE(again.made_up);
  CHECK(again.events == 60);
  REQUIRE(making.told.size() == 1);
  CHECK_THAT(making.told.front(), Catch::Contains("position 60") && Catch::Contains("--force"));
  const auto forced = must(making.init(store, {.sample = true, .events = 40, .seed = 2, .force = true}));
  CHECK(forced.made_up == 40);
  CHECK(forced.events == 100);
}

TEST_CASE("an index that cannot be made is told of with what to do and the rest is made", "[init]") {
  auto model = SmallBranch::model();
  model.projections.insert(model.projections.begin(), es::projection<Clashing>());
  Making making;
  auto store = making.open(model);
  REQUIRE(store.execute<Account>("ada", Open{"ada"}));
  REQUIRE(store.execute<Account>("bob", Open{"bob"}));
  const auto made = must(making.init(store));
  REQUIRE(making.told.size() == 1);
  CHECK_THAT(making.told.front(), Catch::Contains("clashing") && Catch::Contains("run `init` again"));
  CHECK(made.made == Texts{"balances", "owners"});
  CHECK(made.documents == 4);
}

TEST_CASE("a sample needs an aggregate that makes histories up", "[init]") {
  auto model = SmallBranch::model();
  model.aggregates.front().make_up = {};
  Making making;
  auto store = making.open(model);
  const auto refused = making.init(store, {.sample = true, .events = 1, .seed = 1, .force = false});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == es::Errc::not_found);
  CHECK(must(store.log().head()) == es::Position{0});
}

}  // namespace init_test
