// Snapshots make loading quicker, and change nothing else.
#include <atomic>
#include <thread>

#include "aggregate/snapshot_bank.hpp"

namespace snapshot_test {

using namespace eventstore;
using namespace bank;
using Versions = std::vector<std::uint64_t>;

namespace {

// The same streams without a state.
struct Notes {
  static constexpr auto category = "account";
  using events = Events<Opened, Deposited, Withdrawn, Cursed>;
};

}  // namespace

SCENARIO("a load leaves a snapshot, and the next begins there", "[snapshot]") {
  GIVEN("an account of 25 events and a snapshot every 10") {
    SnapshotBank bank;
    bank.make(25);
    CHECK(bank.versions() == Versions{25});
    CHECK(bank.snapshots.counts().taken == 1);
    WHEN("it is loaded again") {
      bank.deposit(3);
      const auto loaded = bank.load();
      THEN("it is what all events make of it, and only those after the snapshot were folded") {
        check_same(loaded, *bank.accounts.load("ada"));
        CHECK(bank.snapshots.counts().used == 1);
        CHECK(bank.versions() == Versions{25});
      }
    }
    WHEN("ten events came since") {
      bank.deposit(10);
      (void)bank.load();
      THEN("there is a newer snapshot") { CHECK(bank.versions().back() == 35); }
    }
    WHEN("the snapshots are deleted") {
      std::filesystem::remove_all(bank.directory.path / "snapshots");
      THEN("all comes back from the log") {
        check_same(bank.load(), *bank.accounts.load("ada"));
        CHECK(bank.versions() == Versions{25});
      }
    }
  }
}

TEST_CASE("a snapshot is really what a load begins at", "[snapshot]") {
  SnapshotBank bank;
  bank.make(25);
  auto snapshot = **bank.store.newest(bank.stream(), Version{25});
  auto state = *decode<Account::State>(snapshot.state);
  state.opened_by = "a forger";
  snapshot.state = encode(state);
  REQUIRE(bank.store.put(bank.stream(), snapshot));
  CHECK(bank.load().state.opened_by == "a forger");
}

TEST_CASE("a load at a version begins at a snapshot that is not newer", "[snapshot]") {
  SnapshotBank bank;
  bank.make(20);
  bank.deposit(20);
  (void)bank.load();
  REQUIRE(bank.versions() == Versions{20, 40});
  for (const std::uint64_t version : {1U, 19U, 20U, 21U, 39U, 40U}) {
    const auto used = bank.snapshots.counts().used;
    check_same(*bank.quick.load_at("ada", Version{version}), *bank.accounts.load_at("ada", Version{version}));
    CHECK(bank.snapshots.counts().used - used == (version < 20 ? 0 : 1));
  }
  CHECK(bank.quick.load_at("ada", Version{41}).error().code == Errc::not_found);
  CHECK(bank.versions() == Versions{20, 40});
}

TEST_CASE("a command decides on the same state with and without snapshots", "[snapshot]") {
  SnapshotBank bank;
  bank.make(95);
  bank.deposit(3);
  CHECK(bank.quick.execute("ada", Withdraw{598}).error().code == Errc::refused);
  const auto executed = bank.quick.execute("ada", Withdraw{597});
  REQUIRE(executed);
  CHECK(executed->version == Version{99});
  CHECK(bank.snapshots.counts().used == 2);
  check_same(bank.load(), *bank.accounts.load("ada"));
}

TEST_CASE("a stream of its own commands leaves snapshots as it grows", "[snapshot]") {
  SnapshotBank bank;
  REQUIRE(bank.quick.execute("ada", Open{"ada"}));
  for (int i = 0; i < 60; ++i) REQUIRE(bank.quick.execute("ada", Deposit{1}));
  CHECK(bank.snapshots.counts().taken == 6);
  CHECK(bank.versions().back() == 60);
}

TEST_CASE("never takes none, and uses those that there are", "[snapshot][policy]") {
  SnapshotBank bank{SnapshotPolicy::never()};
  bank.make(500);
  CHECK(bank.versions().empty());
  Snapshots eager{bank.store, bank.clock, SnapshotPolicy::every(1)};
  REQUIRE(Repository<Account>(bank.log, bank.clock, eager, code).load("ada"));
  check_same(bank.load(), *bank.accounts.load("ada"));
  CHECK(bank.snapshots.counts().used == 1);
}

TEST_CASE("a snapshot is taken when the replay took too long by the clock", "[snapshot][policy]") {
  using std::chrono::microseconds;
  SnapshotBank bank{SnapshotPolicy::after(microseconds{1000})};
  bank.ticking.step = microseconds{999};
  bank.make(50);
  CHECK(bank.versions().empty());
  bank.ticking.step = microseconds{1000};
  (void)bank.load();
  CHECK(bank.versions() == Versions{50});
  (void)bank.load();  // nothing was folded, however long it took
  CHECK(bank.snapshots.counts().taken == 1);
}

TEST_CASE("every N counts what was folded past the snapshot", "[snapshot][policy]") {
  SnapshotBank bank;
  bank.make(9);
  CHECK(bank.versions().empty());
  bank.deposit(1);
  (void)bank.load();
  CHECK(bank.versions() == Versions{10});
  bank.deposit(9);
  (void)bank.load();
  CHECK(bank.versions() == Versions{10});
  bank.deposit(1);
  (void)bank.load();
  CHECK(bank.versions() == Versions{10, 20});
}

TEST_CASE("without a source hash there are no snapshots", "[snapshot][policy]") {
  SnapshotBank bank;
  Repository<Account> unknown{bank.log, bank.clock, bank.snapshots, ""};
  bank.record("ada", Opened{"ada", 500});
  bank.deposit(50);
  REQUIRE(unknown.load("ada"));
  CHECK(bank.versions().empty());
  (void)bank.load();
  REQUIRE(unknown.load("ada"));
  CHECK(bank.snapshots.counts().used == 0);
}

TEST_CASE("of the older snapshots fewer are kept the older they are", "[snapshot][policy]") {
  SnapshotBank bank;
  bank.make(10);
  for (int i = 0; i < 120; ++i) {
    bank.deposit(10);
    (void)bank.load();
    const auto kept = bank.versions();
    CHECK(Version{kept.back()} == *bank.log.head(bank.stream()));
    CHECK(kept.size() <= 12);
    // An earlier version is loaded from at most about as many events as it is old.
    for (std::size_t k = 1; k < kept.size(); ++k)
      CHECK(kept[k] - kept[k - 1] <= std::max<std::uint64_t>(10, 2 * (kept.back() - kept[k - 1])));
  }
  CHECK(bank.versions().front() <= 640);
  for (const std::uint64_t version : {5U, 100U, 640U, 1111U})
    check_same(*bank.quick.load_at("ada", Version{version}), *bank.accounts.load_at("ada", Version{version}));
}

TEST_CASE("a category without a state has no snapshots", "[snapshot]") {
  SnapshotBank bank;
  bank.make(5);
  const auto type = aggregate<Notes>(code);
  CHECK(type.fingerprint.empty());
  const SchemaReader schemas{bank.log};
  const auto state = load_state(bank.log, schemas, type, bank.stream(), no_version_limit, &bank.snapshots);
  REQUIRE(state);
  CHECK((*state)->version == Version{5});
  CHECK(bank.versions().empty());
}

TEST_CASE("threads that load and execute at once see states that were", "[snapshot][threads]") {
  SnapshotBank bank{SnapshotPolicy::every(3)};
  REQUIRE(bank.quick.execute("ada", Open{"ada"}));
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i)
        if (!bank.quick.execute("ada", Deposit{1}, {.retries_max = 1000})) ++wrong;
    });
  for (int t = 0; t < 2; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) {
        const auto loaded = bank.quick.load("ada");
        // Each deposit is a cent and an event.
        if (!loaded || loaded->state.cents + 1 != static_cast<int64_t>(loaded->version.value)) ++wrong;
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(wrong == 0);
  CHECK(bank.snapshots.counts().failed == 0);
  CHECK(bank.snapshots.counts().ignored == 0);
  CHECK(bank.load().state.cents == 200);
  check_same(bank.load(), *bank.accounts.load("ada"));
}

TEST_CASE("all snapshots of one stream are removed with what a put that was cut off left", "[snapshot]") {
  SnapshotBank bank;
  bank.make(20);
  bank.deposit(20);
  (void)bank.load();
  bank.make(20, "grace");
  REQUIRE(bank.versions() == Versions{20, 40});
  std::filesystem::copy_file(bank.files_of().front(), bank.files_of().front().parent_path() / "new");
  REQUIRE(bank.snapshots.remove_all(bank.stream()));
  CHECK(bank.files_of().empty());
  CHECK(bank.versions("grace") == Versions{20});
  REQUIRE(bank.snapshots.remove_all(bank.stream()));
  REQUIRE(bank.snapshots.remove_all(bank.stream("nobody")));
  check_same(bank.load(), *bank.accounts.load("ada"));
  CHECK(bank.versions() == Versions{40});
  FileSnapshots reader{bank.files, bank.directory.path / "snapshots", FileSnapshots::Mode::read_only};
  CHECK(reader.remove_all(bank.stream()).error().code == Errc::read_only);
}

}  // namespace snapshot_test
