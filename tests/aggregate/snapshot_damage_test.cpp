// What does not fit is passed over, never trusted, and never an error of the load.
#include <cerrno>
#include <fstream>
#include <iterator>

#include "aggregate/snapshot_bank.hpp"

namespace snapshot_damage_test {

using namespace eventstore;
using namespace bank;
using Versions = std::vector<std::uint64_t>;

namespace {

string text_of(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

void write(const std::filesystem::path& path, const string& text) {
  std::ofstream{path, std::ios::binary | std::ios::trunc}.write(text.data(), static_cast<std::streamsize>(text.size()));
}

// Loads through `quick` and holds it against a replay of all events.
void check_load(SnapshotBank& bank) { check_same(bank.load(), *bank.accounts.load("ada")); }

// Puts the snapshot of version 25 back after `change`, and checks that it is neither used nor kept.
template <class Change> void check_ignored(Change change) {
  SnapshotBank bank;
  bank.make(25);
  auto snapshot = **bank.store.newest(bank.stream(), Version{25});
  auto state = *decode<Account::State>(snapshot.state);
  state.cents = 1'000'000;
  snapshot.state = encode(state);
  change(snapshot);
  REQUIRE(bank.store.put(bank.stream(), snapshot));
  bank.deposit(3);
  check_load(bank);
  CHECK(bank.snapshots.counts().used == 0);
  CHECK(bank.snapshots.counts().ignored == 1);
  CHECK(bank.versions() == Versions{28});
}

struct Wider {
  static constexpr auto category = "account";
  using events = Account::events;
  struct State {
    EVENTSTORE_FIELDS(State, (int64_t, cents), (bool, rich));
  };
  static void evolve(State&, const Opened&) {}
  static void evolve(State&, const Deposited&) {}
  static void evolve(State&, const Withdrawn&) {}
  static void evolve(State&, const Cursed&) {}
};

struct Fewer {
  static constexpr auto category = "account";
  using events = Events<Opened, Deposited>;
  using State = Account::State;
  static void evolve(State&, const Opened&) {}
  static void evolve(State&, const Deposited&) {}
};

}  // namespace

TEST_CASE("a snapshot made by other code is ignored and replaced", "[snapshot][stale]") {
  SnapshotBank bank;
  bank.make(25);
  Repository<Account> changed{bank.log, bank.clock, bank.snapshots, "the code, changed"};
  bank.deposit(2);
  check_same(*changed.load("ada"), *bank.accounts.load("ada"));
  CHECK(bank.snapshots.counts().used == 0);
  CHECK(bank.snapshots.counts().ignored == 1);
  CHECK(bank.versions() == Versions{27});
  check_same(*changed.load("ada"), *bank.accounts.load("ada"));
  CHECK(bank.snapshots.counts().used == 1);
}

TEST_CASE("state, events and code are each part of the fingerprint", "[snapshot][stale]") {
  const auto fingerprint = aggregate<Account>(code).fingerprint;
  CHECK_THAT(fingerprint, Catch::StartsWith("shape:") && Catch::Contains(" events:") && Catch::EndsWith(string{code}));
  CHECK(aggregate<Account>(code).fingerprint == fingerprint);
  CHECK(aggregate<Account>("x").fingerprint != fingerprint);
  CHECK(aggregate<Wider>(code).fingerprint != fingerprint);
  CHECK(aggregate<Fewer>(code).fingerprint != fingerprint);
  CHECK(aggregate<Account>().fingerprint.empty());
}

TEST_CASE("a snapshot with another fingerprint is ignored", "[snapshot][stale]") {
  check_ignored([](Snapshot& snapshot) { snapshot.fingerprint += "x"; });
}
TEST_CASE("a snapshot of another log is ignored", "[snapshot][stale]") {
  check_ignored([](Snapshot& snapshot) { snapshot.store_id.octets[0] ^= 1; });
}
TEST_CASE("a snapshot of a history that forked is ignored", "[snapshot][stale]") {
  check_ignored([](Snapshot& snapshot) { snapshot.checksum ^= 1; });
}
TEST_CASE("a snapshot past the end of the log is ignored", "[snapshot][stale]") {
  check_ignored([](Snapshot& snapshot) { snapshot.position = Position{100}; });
}
TEST_CASE("a snapshot whose state cannot be read is ignored", "[snapshot][stale]") {
  check_ignored([](Snapshot& snapshot) { snapshot.state.pop_back(); });
}

TEST_CASE("a snapshot of a later version than the log has is ignored and removed", "[snapshot][stale]") {
  SnapshotBank bank;
  bank.make(25);
  auto snapshot = **bank.store.newest(bank.stream(), Version{25});
  snapshot.version = Version{400};
  snapshot.position = Position{400};
  REQUIRE(bank.store.put(bank.stream(), snapshot));
  check_load(bank);
  CHECK(bank.snapshots.counts().ignored == 1);
  CHECK(bank.snapshots.counts().used == 1);
  CHECK(bank.versions() == Versions{25});
}

TEST_CASE("where the newest does not hold, an older one may", "[snapshot][stale]") {
  SnapshotBank bank;
  bank.make(20);
  bank.deposit(20);
  (void)bank.load();
  REQUIRE(bank.versions() == Versions{20, 40});
  auto forked = **bank.store.newest(bank.stream(), Version{40});
  forked.checksum ^= 1;
  REQUIRE(bank.store.put(bank.stream(), forked));
  check_load(bank);
  CHECK(bank.snapshots.counts().used == 2);
  CHECK(bank.snapshots.counts().ignored == 1);
  CHECK(bank.versions() == Versions{20, 40});  // made anew from the one at 20
  check_load(bank);
  CHECK(bank.snapshots.counts().ignored == 1);
}

TEST_CASE("a snapshot with any byte damaged is never used", "[snapshot][damage]") {
  SnapshotBank bank;
  bank.make(25);
  const auto file = bank.files_of().front();
  const auto whole = text_of(file);
  const auto expected = *bank.accounts.load("ada");
  for (std::size_t offset = 0; offset < whole.size(); ++offset) {
    CAPTURE(offset);
    auto damaged = whole;
    damaged[offset] = static_cast<char>(~damaged[offset]);
    write(file, damaged);
    check_same(bank.load(), expected);
  }
  CHECK(bank.snapshots.counts().used == 0);
  CHECK(bank.snapshots.counts().taken == 1 + whole.size());
  CHECK(text_of(file) == whole);
}

TEST_CASE("a snapshot cut off at any byte, or too long, is never used", "[snapshot][damage]") {
  SnapshotBank bank;
  bank.make(25);
  const auto file = bank.files_of().front();
  const auto whole = text_of(file);
  const auto expected = *bank.accounts.load("ada");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    write(file, whole.substr(0, size));
    check_same(bank.load(), expected);
  }
  write(file, whole + "x");
  check_same(bank.load(), expected);
  CHECK(bank.snapshots.counts().used == 0);
}

TEST_CASE("a file under the name of another version or stream is never used", "[snapshot][damage]") {
  SnapshotBank bank;
  bank.make(25);
  bank.make(30, "bob");
  const auto file = bank.files_of().front();
  bank.deposit(5);
  auto later = file;
  later.replace_filename("00000000000000000030.snapshot");
  SECTION("of another version") { write(later, text_of(file)); }
  SECTION("of another stream") { write(later, text_of(bank.files_of("bob").front())); }
  check_load(bank);
  CHECK(bank.snapshots.counts().used == 1);
  CHECK(bank.versions() == Versions{25});
}

TEST_CASE("a reader uses snapshots and changes none", "[snapshot][reader]") {
  SnapshotBank bank;
  bank.make(25);
  bank.deposit(25);
  FileSnapshots readable{bank.files, bank.directory.path / "snapshots", FileSnapshots::Mode::read_only};
  Snapshots snapshots{readable, bank.clock, SnapshotPolicy::every(1)};
  Repository<Account> reader{bank.log, bank.clock, snapshots, code};
  check_same(*reader.load("ada"), *bank.accounts.load("ada"));
  CHECK(snapshots.counts().used == 1);
  CHECK(snapshots.counts().taken == 0);
  CHECK(bank.versions() == Versions{25});
  Repository<Account> of_other_code{bank.log, bank.clock, snapshots, "changed"};
  check_same(*of_other_code.load("ada"), *bank.accounts.load("ada"));
  write(bank.files_of().front(), "damaged");
  check_same(*reader.load("ada"), *bank.accounts.load("ada"));
  CHECK(snapshots.counts().used == 1);
  CHECK(snapshots.counts().failed == 0);
  CHECK(text_of(bank.files_of().front()) == "damaged");
  CHECK(readable.put(bank.stream(), {}).error().code == Errc::read_only);
  CHECK(readable.remove(bank.stream(), Version{25}).error().code == Errc::read_only);
}

TEST_CASE("no failing file operation makes a load or a command fail, or leaves a snapshot that is wrong",
          "[snapshot][crash]") {
  for (const auto call : {FileCall::open, FileCall::read, FileCall::write, FileCall::rename, FileCall::remove,
                          FileCall::make_directory}) {
    for (int nth = 1; nth <= 6; ++nth) {
      for (const std::size_t torn : {std::size_t{0}, std::size_t{1}, std::size_t{50}}) {
        CAPTURE(static_cast<int>(call), nth, torn);
        SnapshotBank bank;
        bank.record("ada", Opened{"ada", 500});
        bank.deposit(10);
        bank.files.write_short(40);
        bank.files.fail(call, nth, ENOSPC, torn);
        for (int i = 0; i < 4; ++i) {
          REQUIRE(bank.quick.execute("ada", Deposit{1}));
          bank.deposit(15);
          check_load(bank);
        }
        // As after a restart: nothing but the files is left.
        bank.files.heal();
        Snapshots restarted{bank.store, bank.clock, SnapshotPolicy::every(1)};
        Repository<Account> accounts{bank.log, bank.clock, restarted, code};
        for (int i = 0; i < 2; ++i) check_same(*accounts.load("ada"), *bank.accounts.load("ada"));
        CHECK(restarted.counts().used >= 1);
        CHECK(restarted.counts().failed == 0);
        CHECK(bank.versions().back() == 75);
      }
    }
  }
}

TEST_CASE("what failed is told to whoever asks", "[snapshot][crash]") {
  SnapshotBank bank;
  bank.files.fail(FileCall::write, 1, ENOSPC);
  bank.make(25);
  CHECK(bank.snapshots.counts().failed == 1);
  CHECK(bank.snapshots.counts().taken == 0);
  REQUIRE(bank.snapshots.last_failure());
  CHECK(bank.snapshots.last_failure()->code == Errc::out_of_space);
  CHECK(bank.versions().empty());
}

}  // namespace snapshot_damage_test
