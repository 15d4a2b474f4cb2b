#include <eventstore/app/store.hpp>
#include <eventstore/schema/fields.hpp>

#include <catch2/catch.hpp>
#include <thread>
#include <type_traits>

#include "aggregate/account.hpp"
#include "temporary_directory.hpp"

namespace store_test {

namespace {

using namespace bank;
using es::Errc;

const es::Timestamp noon = *es::Timestamp::parse("2026-01-27T12:00:00Z");

struct Balances {
  static constexpr auto name = "balances";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents));
  };
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) { to.put(c.key, {c.after.cents}); }
};

struct Owners : Balances {
  static constexpr auto name = "owners";
};

// Another aggregate under the same category.
struct Ledger {
  static constexpr auto category = "account";
  using events = es::Events<Deposited>;
  struct State {
    EVENTSTORE_FIELDS(State, (int64_t, cents));
  };
  static void evolve(State& s, const Deposited& e) { s.cents += e.cents; }
};

es::Model model() { return {{es::aggregate<Account>("1")}, {es::projection<Balances>(), es::projection<Owners>()}}; }

struct Branch {
  es::test::TemporaryDirectory folder{};
  es::ManualClock clock{noon};

  es::Result<es::Store> try_open(es::Model with = model(), es::FileLogOptions log = {}) const {
    es::StoreOptions options{};
    options.clock = &clock;
    options.log = log;
    return es::Store::open(folder.file("store"), std::move(with), options);
  }
  [[nodiscard]] es::Store open() const {
    auto opened = try_open();
    if (!opened) FAIL(opened.error().message());
    return std::move(*opened);
  }
};

template <class T> T value_of(es::Result<T> result) {
  if (!result) FAIL(result.error().message());
  return std::move(*result);
}

}  // namespace

static_assert(std::is_nothrow_move_constructible_v<es::Store> && !std::is_copy_constructible_v<es::Store>);

TEST_CASE("a store runs typed commands at the time of its clock, and its repository loads what they came to",
          "[store]") {
  const Branch branch;
  auto store = branch.open();
  REQUIRE(store.execute<Account>("ada", Open{"ada"}));
  const auto executed = value_of(store.execute<Account>("ada", Deposit{500}));
  CHECK(executed.version == es::Version{2});
  const auto account = value_of(store.repository<Account>().load("ada"));
  CHECK(account.state.cents == 500);
  CHECK(account.created_at == noon);
  CHECK(store.close());
}

TEST_CASE("a store runs commands by their names, with JSON", "[store]") {
  const Branch branch;
  auto store = branch.open();
  REQUIRE(store.execute("account-ada", "open", R"({"owner": "ada"})"));
  CHECK(value_of(store.execute("account-ada", "deposit", R"({"cents": 7})")).version == es::Version{2});
  CHECK(value_of(store.repository<Account>().load("ada")).state.cents == 7);
  SECTION("what the model does not have is not found, with what it has") {
    const auto no_command = store.execute("account-ada", "rob", "{}");
    REQUIRE(!no_command);
    CHECK(no_command.error().code == Errc::not_found);
    CHECK(no_command.error().detail == "account has no such command; it has open, deposit, withdraw, shake, curse");
    CHECK(store.execute("bank-1", "open", "{}").error().code == Errc::not_found);
  }
  SECTION("data that is no such command is an invalid argument") {
    CHECK(store.execute("account-ada", "deposit", R"({"euros": 7})").error().code == Errc::invalid_argument);
  }
}

TEST_CASE("a store can be moved while a repository and a running worker refer to its parts", "[store]") {
  const Branch branch;
  auto first = branch.open();
  auto accounts = first.repository<Account>();
  REQUIRE(first.execute<Account>("ada", Open{"ada"}));
  REQUIRE(first.project());
  es::Store second = std::move(first);
  REQUIRE(accounts.execute("ada", Deposit{5}));
  CHECK(value_of(second.project()).position == es::Position{2});
  CHECK(value_of(second.repository<Account>().load("ada")).state.cents == 5);
}

TEST_CASE("a store brings its collections up to date, all or some, and tells how far they are", "[store]") {
  const Branch branch;
  auto store = branch.open();
  CHECK(store.readable_collections().error().code == Errc::not_found);
  REQUIRE(store.execute<Account>("ada", Open{"ada"}));
  REQUIRE(store.execute<Account>("bea", Open{"bea"}));
  CHECK(value_of(store.project({"owners"})).events == 2);
  using Health = es::ProjectionStatus::Health;
  auto status = value_of(store.status());
  REQUIRE(status.size() == 2);
  CHECK(status[0].name == "balances");
  CHECK(status[0].health == Health::missing);
  CHECK(status[1].health == Health::live);
  CHECK(status[1].documents == 2);
  CHECK(value_of(store.project()).position == es::Position{2});
  CHECK(value_of(store.status())[0].health == Health::live);
  CHECK(value_of(value_of(store.readable_collections())->count("balances")) == 2);
  CHECK(value_of(store.rebuild("balances")).events == 2);
  const auto unknown = store.project({"sums"});
  REQUIRE(!unknown);
  CHECK(unknown.error().code == Errc::not_found);
  CHECK(unknown.error().detail == "no such projection; the projections are balances, owners");
}

TEST_CASE("a store lets a thread wait until a collection has what the thread wrote", "[store]") {
  const Branch branch;
  auto store = branch.open();
  CHECK(store.wait_until("missing", es::Position{1}, std::chrono::milliseconds{0}).error().code == Errc::not_found);
  CHECK_FALSE(value_of(store.wait_until("balances", es::Position{1}, std::chrono::milliseconds{0})));
  const auto position = value_of(store.execute<Account>("ada", Open{"ada"})).events.back().placed.position;
  std::jthread worker{[&] { (void)store.project({"balances"}); }};
  CHECK(value_of(store.wait_until("balances", position, std::chrono::minutes{5})));
  worker.join();
  CHECK(value_of(value_of(store.readable_collections())->count("balances")) == 1);
  CHECK_FALSE(value_of(store.wait_until("owners", position, std::chrono::milliseconds{0})));
  CHECK(store.close());
  auto reader = value_of(branch.try_open(model(), {.mode = es::FileLogOptions::Mode::read_only}));
  CHECK(value_of(reader.wait_until("balances", position, std::chrono::milliseconds{0})));
}

TEST_CASE("a store answers questions about the documents of a projection", "[store]") {
  const Branch branch;
  auto store = branch.open();
  CHECK(store.ask<Balances>().error().code == Errc::not_found);  // no projection has run
  for (const auto& [key, cents] : {std::pair{"ada", 5}, std::pair{"bea", 7}}) {
    REQUIRE(store.execute<Account>(key, Open{key}));
    REQUIRE(store.execute<Account>(key, Deposit{cents}));
  }
  REQUIRE(store.project({"balances"}));
  const auto balances = value_of(store.ask<Balances>());
  const auto rich =
      value_of(balances.where_at_least<&Balances::Document::cents>(6).newest<&Balances::Document::cents>(10));
  REQUIRE(rich.documents.size() == 1);
  CHECK(rich.documents.front().cents == 7);
  CHECK(value_of(balances.get("ada"))->cents == 5);
  CHECK(value_of(value_of(store.ask<Balances>("org-1")).count()) == 0);
  CHECK(store.ask<Owners>().error().code == Errc::not_found);  // it has not run
}

TEST_CASE("a store begins loads at snapshots of its aggregates, unless they are switched off", "[store]") {
  const Branch branch;
  {
    auto store = branch.open();
    REQUIRE(store.execute<Account>("ada", Open{"ada"}));
    for (int i = 0; i < 150; ++i) REQUIRE(store.execute<Account>("ada", Deposit{1}));
    REQUIRE(store.snapshots() != nullptr);
    CHECK(store.snapshots()->counts().taken == 1);
    REQUIRE(store.close());
  }
  es::StoreOptions options{};
  options.snapshots = false;
  auto store = value_of(es::Store::open(branch.folder.file("store"), model(), options));
  CHECK(store.snapshots() == nullptr);
  CHECK(value_of(store.repository<Account>().load("ada")).state.cents == 150);
}

TEST_CASE("a repository of an aggregate that the store was opened without says so", "[store]") {
  const Branch branch;
  const auto refused = [](es::Store& store) {
    const auto loaded = store.repository<Ledger>().load("ada");
    REQUIRE(!loaded);
    CHECK(loaded.error().code == Errc::invalid_argument);
    CHECK(loaded.error().where == "account");
  };
  SECTION("where no aggregate has the category") {
    auto store = value_of(branch.try_open(es::Model{}));
    refused(store);
  }
  SECTION("where another aggregate has the category") {
    auto store = branch.open();
    REQUIRE(store.execute<Account>("ada", Open{"ada"}));
    refused(store);
  }
}

TEST_CASE("a store is opened for two aggregates of one category by nobody", "[store]") {
  const Branch branch;
  const auto opened = branch.try_open({{es::aggregate<Account>(), es::aggregate<Ledger>()}});
  REQUIRE(!opened);
  CHECK(opened.error().code == Errc::invalid_argument);
}

TEST_CASE("a store that is opened to be read beside its writer sees what was written, and refuses commands",
          "[store]") {
  const Branch branch;
  es::FileLogOptions reading{};
  reading.mode = es::FileLogOptions::Mode::read_only;
  CHECK(branch.try_open(model(), reading).error().code == Errc::not_found);
  auto writer = branch.open();
  REQUIRE(writer.execute<Account>("ada", Open{"ada"}));
  auto reader = value_of(branch.try_open(model(), reading));
  CHECK(value_of(reader.repository<Account>().load("ada")).version == es::Version{1});
  CHECK(reader.execute<Account>("ada", Deposit{1}).error().code == Errc::read_only);
}

}  // namespace store_test
