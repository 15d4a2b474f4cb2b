// A collection that no longer fits is noticed, named, and not extended.
#include "log/forwarding_log.hpp"
#include "projection/bank_worker.hpp"
#include "source_hash/tokens.hpp"

namespace staleness_test {

using namespace bank;
using Health = es::ProjectionStatus::Health;

namespace {

// It is passed over and named, and the others of the run are brought up to date.
void check_left(const Office& office, es::SqliteCollections& collections, const es::ProjectionType& projection,
                Health health, const string& reason) {
  const auto before = place_of(collections, projection.name());
  const auto found = status_of(office, collections, projection);
  CHECK(found.health == health);
  CHECK_THAT(found.reason, Catch::Contains(reason));
  const auto report = run(office, collections, {&projection, &office.lines});
  REQUIRE(report.left.size() == 1);
  CHECK(report.left.front().name == projection.name());
  CHECK(report.left.front().health == health);
  CHECK(place_of(collections, projection.name()) == before);
  CHECK(place_of(collections, "lines") == *office.log.head());
}

struct WiderBalances : Balances {
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents), (string, colour));
  };
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.after.cents, "red"});
  }
};

// The same documents from an account whose deposits have a currency.
struct DepositedWithCurrency {
  EVENTSTORE_EVENT(DepositedWithCurrency, "MoneyDeposited", (int64_t, cents), (string, currency, "EUR"));
};
struct CurrencyAccount {
  static constexpr auto category = "account";
  using events = es::Events<Opened, DepositedWithCurrency, Withdrawn, Cursed>;
  using State = Account::State;
  static void evolve(State&, const Opened&) {}
  static void evolve(State& s, const DepositedWithCurrency& e) { s.cents += e.cents; }
  static void evolve(State& s, const Withdrawn& e) { s.cents -= e.cents; }
  static void evolve(State&, const Cursed&) {}
};
struct CurrencyBalances {
  static constexpr auto name = "balances";
  using Document = Balances::Document;
  using reads = es::Reads<CurrencyAccount>;
  static std::vector<es::Index> indexes() { return Balances::indexes(); }
  static void project(const es::Change<CurrencyAccount>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.after.cents, 0, 0, {}, 0});
  }
};

// The same account with a field more in its state.
struct CountingAccount {
  static constexpr auto category = "account";
  using events = Account::events;
  struct State {
    EVENTSTORE_FIELDS(State, (int64_t, cents), (int64_t, moves));
  };
  static void evolve(State&, const Opened&) {}
  static void evolve(State& s, const Deposited& e) { s.cents += e.cents; }
  static void evolve(State& s, const Withdrawn& e) { s.cents -= e.cents; }
  static void evolve(State&, const Cursed&) {}
};

}  // namespace

TEST_CASE("status says what was never run, what is live, and how far it is", "[projection][staleness]") {
  Office office;
  office.make_up(3, 10);
  const auto collections = open_collections();
  auto status = status_of(office, *collections, office.balances);
  CHECK(status.name == "balances");
  CHECK(status.health == Health::missing);
  CHECK(status.head == es::Position{13});
  CHECK(status.position == es::Position{0});
  run(office, *collections, office.all());
  office.make_up(3, 1, 2);
  status = status_of(office, *collections, office.balances);
  CHECK(status.health == Health::live);
  CHECK(status.position == es::Position{13});
  CHECK(status.head == *office.log.head());
  CHECK(status.documents == 3);
  CHECK_FALSE(status.rebuilding);
  CHECK(status.reason.empty());
}

TEST_CASE("documents of another shape are stale", "[projection][staleness]") {
  Office office;
  office.make_up(3, 10);
  const auto collections = open_collections();
  run(office, *collections, office.all());
  office.make_up(3, 5, 2);
  const auto wider = es::projection<WiderBalances>();
  check_left(office, *collections, wider, Health::stale, "shape");
  // The build that made it may go on with it.
  CHECK(run(office, *collections, {&office.balances}).left.empty());
  CHECK(place_of(*collections, "balances") == *office.log.head());
}

TEST_CASE("other indexes are another shape, another keeping time is not", "[projection][staleness]") {
  Office office;
  office.make_up(1, 1);
  const auto collections = open_collections();
  run(office, *collections, office.all());
  auto changed = es::projection<Balances>();
  changed.shape.keep_days = 9;
  CHECK(status_of(office, *collections, changed).health == Health::live);
  changed.shape.indexes.push_back(es::index_on({"version"}));
  check_left(office, *collections, changed, Health::stale, "shape");
}

TEST_CASE("events whose schemas changed make it stale", "[projection][staleness]") {
  Office office;
  office.make_up(3, 10);
  const auto collections = open_collections();
  run(office, *collections, office.all());
  office.aggregates = {es::aggregate<CurrencyAccount>()};
  const auto changed = es::projection<CurrencyBalances>();
  check_left(office, *collections, changed, Health::stale, "events");
  CHECK(status_of(office, *collections, changed).reason.find("shape") == string::npos);
}

namespace {

// Opened accounts are ignored, or those that are withdrawn from.
template <class Ignored> struct SomeBalances {
  static constexpr auto name = "balances";
  using Document = Balances::Document;
  using reads = es::Reads<Account>;
  using ignores = es::Ignores<Ignored, Cursed>;
};
struct WithoutOpened : SomeBalances<Opened> {
  static void project(const Deposited&, const es::Change<Account>& c, es::Operations<Document>& to) { put(c, to); }
  static void project(const Withdrawn&, const es::Change<Account>& c, es::Operations<Document>& to) { put(c, to); }
  static void put(const es::Change<Account>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.after.cents, 0, 0, {}, 0});
  }
};
struct WithoutWithdrawn : SomeBalances<Withdrawn> {
  static void project(const Deposited&, const es::Change<Account>& c, es::Operations<Document>& to) {
    WithoutOpened::put(c, to);
  }
  static void project(const Opened&, const es::Change<Account>& c, es::Operations<Document>& to) {
    WithoutOpened::put(c, to);
  }
};

}  // namespace

TEST_CASE("other handled events make it stale also where no hash of its code is kept", "[projection][staleness]") {
  Office office;
  office.make_up(3, 10);
  const auto collections = open_collections();
  const auto before = es::projection<WithoutOpened>();
  run(office, *collections, {&before});
  CHECK(status_of(office, *collections, before).health == Health::live);
  const auto found = status_of(office, *collections, es::projection<WithoutWithdrawn>());
  CHECK(found.health == Health::stale);
  CHECK(found.reason == "it handles other events");
}

namespace {

// As the build makes the hash of a file: of its tokens.
string hash_of(std::string_view source) { return es::Uuid::v5(es::Uuid{}, es::tokens_of(source)).to_string(); }

constexpr std::string_view handler = "static void project(const Deposited& e) { sum += e.cents; }";
constexpr std::string_view commented =
    "// Sums up what is paid in.\nstatic void project(const Deposited& e)\n{\n  sum += e.cents;  /* cents */\n}\n";
constexpr std::string_view changed_handler = "static void project(const Deposited& e) { sum -= e.cents; }";

}  // namespace

TEST_CASE("changed arithmetic of a projection or an aggregate makes it stale and a comment does not",
          "[projection][staleness]") {
  Office office;
  office.aggregates = {es::aggregate<Account>(hash_of(handler))};
  office.make_up(3, 10);
  const auto collections = open_collections();
  const auto before = es::projection<Balances>(hash_of(handler));
  run(office, *collections, {&before});
  const auto found = [&](std::string_view projection, std::string_view aggregate) {
    office.aggregates = {es::aggregate<Account>(hash_of(aggregate))};
    return status_of(office, *collections, es::projection<Balances>(hash_of(projection)));
  };
  CHECK(found(handler, handler).health == Health::live);
  CHECK(found(commented, handler).health == Health::live);
  CHECK(found(handler, commented).health == Health::live);
  CHECK(found(changed_handler, handler).health == Health::stale);
  CHECK(found(changed_handler, handler).reason == "its code changed");
  CHECK(found(handler, changed_handler).health == Health::stale);
  CHECK(found(handler, changed_handler).reason == "aggregate account changed");
}

TEST_CASE("other code makes it stale, and is named", "[projection][staleness]") {
  Office office;
  office.make_up(3, 10);
  const auto collections = open_collections();
  const auto before = es::projection<Balances>("one hash");
  run(office, *collections, {&before, &office.lines});
  CHECK(status_of(office, *collections, es::projection<Balances>("one hash")).health == Health::live);
  office.make_up(3, 5, 2);
  const auto changed = es::projection<Balances>("another hash");
  check_left(office, *collections, changed, Health::stale, "code");
  CHECK(status_of(office, *collections, changed).reason.find("shape") == string::npos);
  CHECK(status_of(office, *collections, changed).reason.find("events") == string::npos);
}

TEST_CASE("an aggregate that changed makes every collection stale that reads it, and is named",
          "[projection][staleness]") {
  Office office;
  office.aggregates = {es::aggregate<Account>("one hash")};
  office.make_up(3, 10);
  const auto collections = open_collections();
  run(office, *collections, office.all());
  CHECK(status_of(office, *collections, office.lines).health == Health::live);
  office.aggregates = {es::aggregate<Account>("another hash")};
  for (const auto* const projection : office.all()) {
    const auto found = status_of(office, *collections, *projection);
    CHECK(found.health == Health::stale);
    CHECK(found.reason == "aggregate account changed");
  }
  es::ProjectionWorker worker{office.log, office.aggregates, *collections};
  REQUIRE(worker.rebuild(office.lines));
  CHECK(status_of(office, *collections, office.lines).health == Health::live);
}

TEST_CASE("a state of another shape makes a collection of everything stale", "[projection][staleness]") {
  Office office;
  office.make_up(3, 10);
  const auto collections = open_collections();
  run(office, *collections, office.all());
  office.aggregates = {es::aggregate<CountingAccount>()};
  CHECK(status_of(office, *collections, office.lines).reason == "aggregate account changed");
}

TEST_CASE("an aggregate that is new to the program counts once the collection has passed its events",
          "[projection][staleness]") {
  Office office;
  const auto aggregates = std::exchange(office.aggregates, {});
  const auto collections = open_collections();
  office.record_raw("other-1", "Happened", "{}");
  run(office, *collections, {&office.lines});
  office.make_up(1, 0);
  office.aggregates = aggregates;
  CHECK(status_of(office, *collections, office.lines).health == Health::live);
  office.aggregates.clear();
  run(office, *collections, {&office.lines});
  office.aggregates = aggregates;
  const auto found = status_of(office, *collections, office.lines);
  CHECK(found.health == Health::stale);
  CHECK(found.reason == "aggregate account was not known to the build that made it");
}

TEST_CASE("an aggregate that left the program leaves collections as they are", "[projection][staleness]") {
  Office office;
  office.make_up(3, 10);
  const auto collections = open_collections();
  run(office, *collections, {&office.lines});
  office.aggregates.clear();
  CHECK(status_of(office, *collections, office.lines).health == Health::live);
}

TEST_CASE("a collection of another log is foreign", "[projection][staleness]") {
  Office office;
  office.make_up(3, 10);
  Office other;
  other.make_up(3, 10);
  const auto collections = open_collections();
  run(office, *collections, {&office.balances});
  check_left(other, *collections, other.balances, Health::foreign, "another log");
}

namespace {
// A log that was restored to an earlier point and then went another way: its id is the same, its history is not.
class ForkedLog final : public es::ForwardingLog {
 public:
  ForkedLog(es::EventLog& log, const es::Uuid& id) : ForwardingLog{log}, id_{id} {}
  [[nodiscard]] es::Uuid store_id() const override { return id_; }

 private:
  es::Uuid id_;
};
}  // namespace

TEST_CASE("a collection made from a history that is no longer there is foreign", "[projection][staleness]") {
  Office office;
  office.make_up(3, 10);
  const auto collections = open_collections();
  run(office, *collections, {&office.balances});
  for (const int events : {10, 3}) {  // as long as before, and shorter
    Office other;
    other.make_up(3, events, 99);
    const ForkedLog forked{other.log, office.log.store_id()};
    es::ProjectionWorker worker{forked, other.aggregates, *collections};
    const auto report = worker.run({&other.balances});
    REQUIRE(report);
    REQUIRE(report->left.size() == 1);
    CHECK(report->left.front().health == Health::foreign);
    CHECK_THAT(report->left.front().reason, Catch::Contains("history"));
    CHECK(place_of(*collections, "balances") == es::Position{13});
    REQUIRE(worker.rebuild(other.balances));
    CHECK(worker.status(other.balances)->health == Health::live);
    REQUIRE(es::ProjectionWorker(office.log, office.aggregates, *collections).rebuild(office.balances));
  }
}

TEST_CASE("a rebuild makes what was stale live again", "[projection][staleness]") {
  Office office;
  office.make_up(3, 10);
  const auto collections = open_collections();
  run(office, *collections, office.all());
  const auto wider = es::projection<WiderBalances>();
  es::ProjectionWorker worker{office.log, office.aggregates, *collections};
  REQUIRE(worker.rebuild(wider));
  CHECK(worker.status(wider)->health == Health::live);
  CHECK(rows(*collections, "SELECT DISTINCT colour FROM balances") == std::vector<es::SqlRow>{{string{"red"}}});
  office.make_up(3, 10, 2);
  CHECK(run(office, *collections, {&wider}).left.empty());
}

}  // namespace staleness_test
