// Two versions of an aggregate over all real history.
#include <eventstore/history/compare_folds.hpp>

#include "aggregate/bank_test.hpp"

namespace compare_folds_test {

using namespace bank;

namespace {

// Withdrawals of more than a hundred cost a cent.
struct Dearer : Account {
  using Account::evolve;
  static void evolve(State& s, const Withdrawn& e) { s.cents -= e.cents + (e.cents > 100 ? 1 : 0); }
};

// Fails at what the old one bears.
struct Strict : Account {
  using Account::evolve;
  static void evolve(State& s, const Withdrawn& e) {
    if (e.cents > 100) throw std::runtime_error{"too much"};
    s.cents -= e.cents;
  }
};

// Another type of state: without the opener, with a count, and with the limit in euros.
struct Counted {
  static constexpr auto category = "account";
  using events = Account::events;
  struct State {
    EVENTSTORE_FIELDS(State, (int64_t, cents), (double, limit), (es::Timestamp, opened_at), (int64_t, deposits));
  };
  static void evolve(State& s, const Opened& e, const es::Metadata& m) {
    s = {0, static_cast<double>(e.limit), m.created_at, 0};
  }
  static void evolve(State& s, const Deposited& e) { s.cents += e.cents, ++s.deposits; }
  static void evolve(State& s, const Withdrawn& e) { s.cents -= e.cents == 7 ? 8 : e.cents; }
  static void evolve(State&, const Cursed&) {}
};

struct Streams {
  Bank bank;

  explicit Streams(int accounts) {
    for (int i = 0; i < accounts; ++i) {
      const auto key = "a" + std::to_string(1000 + i);
      bank.record(key, Opened{.owner = key});
      for (int64_t cents = 1; cents <= 5; ++cents) bank.record(key, Deposited{cents});
    }
  }
  template <class Old, class New> es::FoldComparison compare(const es::CompareFoldsOptions& options = {}) {
    auto found = es::compare_folds<Old, New>(bank.log, options);
    if (!found) FAIL(found.error().message());
    return std::move(*found);
  }
};

}  // namespace

TEST_CASE("a fold that was not changed is the same over all streams", "[compare-folds]") {
  Streams streams{100};
  const auto found = streams.compare<Account, Account>();
  CHECK(found.is_same());
  CHECK(found.streams == 100);
  CHECK(found.events == 600);
  CHECK(found.examples.empty());
}

TEST_CASE("a changed fold is told by the first version at which each stream differs", "[compare-folds]") {
  Streams streams{100};
  streams.bank.record("a1042", Withdrawn{100});
  streams.bank.record("a1042", Withdrawn{101});
  streams.bank.record("a1042", Deposited{1});
  streams.bank.record("a1007", Withdrawn{500});
  const auto found = streams.compare<Account, Dearer>({.threads = 4});
  CHECK_FALSE(found.is_same());
  CHECK(found.differing == 2);
  CHECK(found.streams == 100);
  REQUIRE(found.examples.size() == 2);
  CHECK(found.examples[0].stream == "account-a1007");
  CHECK(found.examples[1].stream == "account-a1042");
  CHECK(found.examples[1].version == es::Version{8});
  CHECK(found.examples[1].event_type == "MoneyWithdrawn");
  CHECK(found.examples[1].changes.to_json() == R"({"before":{"cents":-186},"after":{"cents":-187}})");
}

TEST_CASE("the examples are the first streams by name whatever the threads do", "[compare-folds]") {
  Streams streams{300};
  for (int i = 299; i >= 0; --i) streams.bank.record("a" + std::to_string(1000 + i), Withdrawn{200});
  for (const unsigned threads : {1U, 3U}) {
    const auto found = streams.compare<Account, Dearer>({.threads = threads, .examples_max = 3});
    CHECK(found.differing == 300);
    REQUIRE(found.examples.size() == 3);
    CHECK(found.examples[0].stream == "account-a1000");
    CHECK(found.examples[2].stream == "account-a1002");
  }
  CHECK(streams.compare<Account, Dearer>({.examples_max = 0}).examples.empty());
}

TEST_CASE("a fold that fails where the other one does not is a difference", "[compare-folds]") {
  Streams streams{3};
  streams.bank.record("a1001", Withdrawn{101});
  const auto found = streams.compare<Account, Strict>();
  CHECK(found.differing == 1);
  REQUIRE(found.examples.size() == 1);
  REQUIRE(found.examples[0].new_error.has_value());
  CHECK_THAT(found.examples[0].new_error->message(), Catch::Contains("too much"));
  CHECK_FALSE(found.examples[0].old_error.has_value());
}

TEST_CASE("a stream at which both folds fail is left out and told", "[compare-folds]") {
  Streams streams{3};
  streams.bank.record("a1001", Cursed{});
  const auto found = streams.compare<Account, Dearer>();
  CHECK(found.differing == 0);
  CHECK(found.left_out == 1);
  CHECK(found.left_out_reason->code == es::Errc::user_exception);
  CHECK_FALSE(found.is_same());
}

TEST_CASE("states of different types are compared by the fields that both have", "[compare-folds]") {
  Streams streams{50};
  CHECK(streams.compare<Account, Counted>().is_same());
  streams.bank.record("a1013", Withdrawn{7});
  const auto found = streams.compare<Account, Counted>();
  CHECK(found.differing == 1);
  REQUIRE(found.examples.size() == 1);
  CHECK(found.examples[0].version == es::Version{7});
  CHECK(found.examples[0].changes.to_json() == R"({"before":{"cents":8},"after":{"cents":7}})");
}

TEST_CASE("a comparison that is stopped says so and tells its progress", "[compare-folds]") {
  Streams streams{200};
  std::stop_source stop;
  std::uint64_t told = 0;
  const auto on_progress = [&](const es::FoldProgress& now) {
    told = now.streams;
    stop.request_stop();
  };
  const auto found =
      streams.compare<Account, Account>({.threads = 1, .on_progress = on_progress, .stop = stop.get_token()});
  CHECK(found.stopped);
  CHECK(told > 0);
  CHECK(found.streams < 200);
  CHECK_FALSE(found.is_same());
}

TEST_CASE("a log without streams of the category compares none", "[compare-folds]") {
  Bank bank;
  const auto found = es::compare_folds<Account, Dearer>(bank.log);
  CHECK(found->streams == 0);
  CHECK(found->is_same());
}

}  // namespace compare_folds_test
