// Two stores that were one: each has snapshots of its own history only.
#include <eventstore/file_log/file_log.hpp>

#include "aggregate/snapshot_bank.hpp"

namespace snapshot_fork_test {

using namespace eventstore;
using namespace bank;

namespace {

struct Branch {
  explicit Branch(const std::filesystem::path& path)
      : log{FileLog::open(files, clock, path, {.durability = Durability::on_close})}, store{files, path / "snapshots"} {
    if (!log) FAIL(log.error().message());
  }
  void deposit(int times, int64_t cents) {
    for (int i = 0; i < times; ++i) REQUIRE(accounts.execute("ada", Deposit{cents}));
  }

  ManualClock clock{noon};
  PosixFileSystem files;
  Result<std::unique_ptr<FileLog>> log;
  FileSnapshots store;
  Snapshots snapshots{store, clock, SnapshotPolicy::every(10)};
  Repository<Account> accounts{**log, clock, snapshots, code};
  Repository<Account> without{**log, clock};
};

}  // namespace

TEST_CASE("a snapshot of the other branch of a forked log is ignored, one from before the fork is used",
          "[snapshot][stale]") {
  const TemporaryDirectory directory;
  const auto copy = [&](const std::string& from, const std::string& to) {
    std::filesystem::remove_all(directory.path / to);
    std::filesystem::copy(directory.path / from, directory.path / to, std::filesystem::copy_options::recursive);
  };
  {
    Branch trunk{directory.path / "one"};
    REQUIRE(trunk.accounts.execute("ada", Open{"ada"}));
    trunk.deposit(10, 1);
  }
  copy("one", "other");
  {
    Branch one{directory.path / "one"};
    one.deposit(20, 5);
    CHECK(one.store.newest(*StreamId::of("account", "ada"), Version{99})->value().version == Version{30});
  }
  {
    Branch other{directory.path / "other"};
    other.deposit(25, 7);
  }
  copy("one/snapshots", "other/snapshots");
  Branch other{directory.path / "other"};
  const auto loaded = other.accounts.load("ada");
  REQUIRE(loaded);
  check_same(*loaded, *other.without.load("ada"));
  CHECK(loaded->state.cents == 10 + 25 * 7);
  CHECK(other.snapshots.counts().ignored == 2);
  CHECK(other.snapshots.counts().used == 1);
  check_same(*other.accounts.load("ada"), *loaded);
  CHECK(other.snapshots.counts().ignored == 2);
}

}  // namespace snapshot_fork_test
