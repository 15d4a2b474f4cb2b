// Projections that an append brings up to date before it returns.
#include <eventstore/app/append.hpp>
#include <eventstore/app/projections.hpp>
#include <eventstore/os/named_lock.hpp>

#include <fstream>
#include <optional>
#include <thread>

#include "branch.hpp"

namespace inline_projections_test {

using namespace bank;
using es::Errc;
namespace app = es::app;

namespace {

/// Cannot make a document of 13 cents while `is_superstitious`.
struct Lucky {
  static inline bool is_superstitious = true;
  static constexpr auto name = "lucky";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents));
  };
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) {
    if (is_superstitious && c.after.cents == 13) throw std::runtime_error{"thirteen"};
    to.put(c.key, {c.after.cents});
  }
};

struct InlineBranch {
  es::test::TemporaryDirectory folder{};
  es::ManualClock clock{noon};
  const std::string directory = folder.file("store");
  std::vector<std::string> names{"balances"};
  std::uint64_t events_max = 10'000;

  [[nodiscard]] static es::Model model() {
    return {{es::aggregate<Account>("1")},
            {es::projection<Balances>(), es::projection<Owners>(), es::projection<Lucky>()}};
  }
  [[nodiscard]] es::Result<es::Store> try_open(es::FileLogOptions log = {}) const {
    es::StoreOptions options{};
    options.clock = &clock;
    options.log = log;
    options.inline_projections = names;
    options.inline_events_max = events_max;
    return es::Store::open(directory, model(), options);
  }
  [[nodiscard]] es::Store open() const { return must(try_open()); }
};

std::optional<int64_t> cents_of(es::Store& store, const std::string& owner) {
  const auto balances = must(store.ask<Balances>());
  const auto document = must(balances.get(owner));
  return document ? std::optional{document->cents} : std::nullopt;
}

es::Position place_of(es::Store& store, const std::string& projection) {
  for (const auto& status : must(store.status()))
    if (status.name == projection) return status.position;
  return {};
}

}  // namespace

TEST_CASE("the documents of an inline projection are there when the command returns", "[inline]") {
  const InlineBranch branch;
  auto store = branch.open();
  CHECK(must(store.execute<Account>("ada", Open{"ada"})).projected == true);
  CHECK(must(store.execute<Account>("ada", Deposit{500})).projected == true);
  CHECK(cents_of(store, "ada") == 500);
  CHECK(must(store.execute("account-ada", "deposit", R"({"cents":7})")).projected == true);
  CHECK(cents_of(store, "ada") == 507);
  CHECK(must(store.wait_until("balances", es::Position{3}, std::chrono::milliseconds{0})));
  CHECK(place_of(store, "owners") == es::Position{0});  // not inline
  CHECK(store.close());
}

TEST_CASE("inline documents and checkpoint are those of a run", "[inline]") {
  const InlineBranch branch;
  auto store = branch.open();
  for (const auto* const owner : {"ada", "bea"}) {
    REQUIRE(store.execute<Account>(owner, Open{owner}));
    REQUIRE(store.execute<Account>(owner, Deposit{5}));
  }
  const auto run = must(store.project());
  CHECK(run.left.empty());
  const auto status = must(store.status());
  CHECK(status[0].health == es::ProjectionStatus::Health::live);
  CHECK(status[0].position == status[1].position);
  CHECK(status[0].documents == status[1].documents);
  CHECK(must(store.execute<Account>("ada", Deposit{1})).projected == true);
  CHECK(cents_of(store, "ada") == 6);
}

TEST_CASE("event lines that are appended are projected too", "[inline]") {
  const InlineBranch branch;
  auto store = branch.open();
  const auto file = branch.folder.file("lines");
  std::ofstream{file} << R"({"event_type":"AccountOpened","event_data":{"owner":"ada"}})" << '\n';
  auto source = must(app::LineSource::open(file));
  auto plan = must(app::plan_append(store.model(), {.stream = "account-ada"}, source, noon));
  CHECK(must(app::append(store.event_log(), store.model(), std::move(plan))).projected == true);
  CHECK(cents_of(store, "ada") == 0);
}

TEST_CASE("a store without inline projections says nothing of them", "[inline]") {
  InlineBranch branch;
  branch.names = {};
  auto store = branch.open();
  CHECK(must(store.execute<Account>("ada", Open{"ada"})).projected == std::nullopt);
  CHECK(&store.event_log() == &store.log());
}

TEST_CASE("an append whose projection fails has succeeded and says so", "[inline]") {
  InlineBranch branch;
  branch.names = {"balances", "lucky"};
  Lucky::is_superstitious = true;
  auto store = branch.open();
  CHECK(must(store.execute<Account>("ada", Open{"ada"})).projected == true);
  const auto unlucky = must(store.execute<Account>("ada", Deposit{13}));
  CHECK(unlucky.projected == false);
  CHECK(unlucky.version == es::Version{2});
  CHECK(must(store.repository<Account>().load("ada")).state.cents == 13);
  CHECK(cents_of(store, "ada") == 13);  // the other projection went on
  CHECK(place_of(store, "lucky") == es::Position{1});
  CHECK(must(store.execute<Account>("ada", Deposit{1})).projected == false);
  Lucky::is_superstitious = false;
  CHECK(must(store.execute<Account>("ada", Deposit{1})).projected == true);
  CHECK(place_of(store, "lucky") == es::Position{4});
}

TEST_CASE("an append does not wait for another process that works on the collections", "[inline]") {
  const InlineBranch branch;
  auto store = branch.open();
  REQUIRE(store.execute<Account>("ada", Open{"ada"}));
  es::PosixFileSystem files;
  auto other = must(es::NamedLock::try_take(files, store.collections_path() + "-worker"));
  REQUIRE(other);
  CHECK(must(store.execute<Account>("ada", Deposit{5})).projected == false);
  CHECK(cents_of(store, "ada") == 0);
  other.reset();
  CHECK(must(store.execute<Account>("ada", Deposit{1})).projected == true);
  CHECK(cents_of(store, "ada") == 6);
}

TEST_CASE("a run of the same store finds its collections where the appends left them", "[inline]") {
  const InlineBranch branch;
  auto store = branch.open();
  REQUIRE(store.execute<Account>("ada", Open{"ada"}));
  std::uint64_t position = 0;
  const auto on_run = [&](const app::ProjectionRun& run) -> es::Result<void> {
    position = run.position;
    return {};
  };
  REQUIRE(app::run_projections(store, {}, on_run, [](const app::ProjectionLeft&) {}));
  CHECK(position == 1);
  CHECK(must(store.execute<Account>("ada", Deposit{5})).projected == true);
}

TEST_CASE("events that were synced before a crash and not projected are caught up by the next append", "[inline]") {
  InlineBranch branch;
  {
    auto store = branch.open();
    REQUIRE(store.execute<Account>("ada", Open{"ada"}));
    // As if the process had ended after the sync: straight into the log.
    es::Repository<Account> accounts{store.log(), store.clock()};
    REQUIRE(accounts.execute("ada", Deposit{500}));
    CHECK(cents_of(store, "ada") == 0);
  }
  auto store = branch.open();
  CHECK(must(store.execute<Account>("bea", Open{"bea"})).projected == true);
  CHECK(cents_of(store, "ada") == 500);
}

TEST_CASE("events that were synced before a crash and not projected are caught up by a run", "[inline]") {
  const InlineBranch branch;
  auto store = branch.open();
  REQUIRE(store.execute<Account>("ada", Open{"ada"}));
  es::Repository<Account> accounts{store.log(), store.clock()};
  REQUIRE(accounts.execute("ada", Deposit{500}));
  REQUIRE(store.project());
  CHECK(cents_of(store, "ada") == 500);
}

TEST_CASE("an append does not build a collection of a long log", "[inline]") {
  InlineBranch branch;
  branch.events_max = 3;
  auto store = branch.open();
  es::Repository<Account> accounts{store.log(), store.clock()};
  REQUIRE(accounts.execute("ada", Open{"ada"}));
  for (int i = 0; i < 3; ++i) REQUIRE(accounts.execute("ada", Deposit{1}));
  CHECK(must(store.execute<Account>("ada", Deposit{1})).projected == false);
  CHECK(place_of(store, "balances") == es::Position{0});
  REQUIRE(store.project({"balances"}));
  CHECK(must(store.execute<Account>("ada", Deposit{1})).projected == true);
}

TEST_CASE("appends of several threads are all projected when they return", "[inline][threads]") {
  const InlineBranch branch;
  auto store = branch.open();
  constexpr int threads = 4;
  constexpr int deposits = 20;
  std::vector<int> seen(threads, 0);
  {
    std::vector<std::jthread> writers;
    for (int i = 0; i < threads; ++i)
      writers.emplace_back([&store, &found = seen[static_cast<std::size_t>(i)], owner = "owner" + std::to_string(i)] {
        if (!store.execute<Account>(owner, Open{owner})) return;
        for (int n = 0; n < deposits; ++n) {
          const auto done = store.execute<Account>(owner, Deposit{1});
          if (done && done->projected == true &&
              store.wait_until("balances", done->events.back().placed.position, std::chrono::milliseconds{0}) == true)
            ++found;
        }
      });
  }
  CHECK(seen == std::vector<int>(threads, deposits));
  CHECK(place_of(store, "balances") == es::Position{threads * (deposits + 1)});
  for (int i = 0; i < threads; ++i) CHECK(cents_of(store, "owner" + std::to_string(i)) == deposits);
}

TEST_CASE("appends go on beside a rebuild and runs of the same store", "[inline][threads]") {
  const InlineBranch branch;
  auto store = branch.open();
  REQUIRE(store.execute<Account>("ada", Open{"ada"}));
  {
    std::jthread other{[&store](const std::stop_token& stop) {
      while (!stop.stop_requested()) {
        (void)store.project();
        (void)store.rebuild("balances");
      }
    }};
    for (int i = 0; i < 30; ++i) CHECK(store.execute<Account>("ada", Deposit{1}));
  }
  CHECK(must(store.execute<Account>("ada", Deposit{1})).projected == true);
  CHECK(cents_of(store, "ada") == 31);
}

TEST_CASE("what a command repeats is not appended, so nothing is said of its projection", "[inline]") {
  const InlineBranch branch;
  auto store = branch.open();
  es::CommandOptions options{};
  options.command_id = es::Uuid::v5(es::Uuid{}, "open");
  CHECK(must(store.execute<Account>("ada", Open{"ada"}, options)).projected == true);
  const auto again = must(store.execute<Account>("ada", Open{"ada"}, options));
  CHECK(again.already_there);
  CHECK(again.projected == std::nullopt);
}

TEST_CASE("a store refuses inline projections that it cannot keep", "[inline]") {
  InlineBranch branch;
  SECTION("where the model has none of that name") {
    branch.names = {"sums"};
    CHECK(branch.try_open().error().code == Errc::not_found);
  }
  SECTION("where the log does not sync every commit") {
    const auto opened = branch.try_open({.durability = es::Durability::interval});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == Errc::invalid_argument);
    CHECK_THAT(opened.error().message(), Catch::Contains("durability every_commit"));
  }
  SECTION("and leaves them alone where it is open for reading") {
    (void)branch.open();
    auto reader = must(branch.try_open({.mode = es::FileLogOptions::Mode::read_only}));
    CHECK(&reader.event_log() == &reader.log());
  }
}

TEST_CASE("a commit that is not synced is not projected yet", "[inline]") {
  const InlineBranch branch;
  auto store = branch.open();
  REQUIRE(store.execute<Account>("bea", Open{"bea"}));
  const auto page = must(store.log().read_all({}));
  const auto& known = page.events.front();
  es::NewEvent event{*es::StreamId::of("account", "ada")};
  event.id = es::EventId{es::Uuid::v5(es::Uuid{}, "ada")};
  event.type = known.type;
  event.organization = known.organization;
  event.created_at = known.created_at;
  event.metadata = known.metadata;
  event.schema = known.schema;
  event.data = known.data;
  const auto receipt = must(store.event_log().append({.events = {&event, 1}, .durability = es::Durability::on_close}));
  CHECK(receipt.projected == false);
  CHECK(must(store.execute<Account>("ada", Deposit{1})).projected == true);
  CHECK(cents_of(store, "ada") == 1);
}

}  // namespace inline_projections_test
