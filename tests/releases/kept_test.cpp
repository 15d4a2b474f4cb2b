// Stores, snapshots, backups and lock files that earlier builds wrote: kept/write_store.cpp says what is in them.
#include <eventstore/aggregate/file_snapshots.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/core/must.hpp>
#include <eventstore/file_log/backup.hpp>
#include <eventstore/file_log/file_log.hpp>
#include <eventstore/file_log/verify.hpp>
#include <eventstore/schema/lock_file.hpp>
#include <fstream>

#include "aggregate/account.hpp"
#include "temporary_directory.hpp"

namespace kept_test {

using namespace eventstore;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t events_kept = 152;  // two accounts opened, 120 deposits, 30 withdrawals

std::string kept_build() {
  std::vector<std::string> builds;
  for (const auto& entry : fs::directory_iterator{EVENTSTORE_KEPT_STORES})
    if (entry.is_directory()) builds.push_back(entry.path().string());
  REQUIRE_FALSE(builds.empty());
  std::sort(builds.begin(), builds.end());
  return GENERATE_REF(from_range(builds));
}

// A copy of what one build wrote, to write to.
struct Kept {
  test::TemporaryDirectory directory;
  PosixFileSystem files;
  ManualClock clock{must(Timestamp::parse("2026-02-01T00:00:00Z"))};

  explicit Kept(const std::string& build) { fs::copy(build, directory.path(), fs::copy_options::recursive); }

  [[nodiscard]] std::unique_ptr<FileLog> open(const std::string& name, FileLogOptions options = {}) {
    return must(FileLog::open(files, clock, directory.file(name), options));
  }
  void check_sound(const std::string& name, std::uint64_t events) {
    const auto report = must(verify(files, directory.file(name), {.chain = true}));
    for (const auto& finding : report.findings) UNSCOPED_INFO(finding.file << ": " << finding.what);
    CHECK(report.findings.empty());
    CHECK(report.events == events);
  }
  void check_accounts(FileLog& log) {
    const Repository<bank::Account> accounts{log, clock};
    CHECK(must(accounts.load("ada")).state.cents == 7260);
    CHECK(must(accounts.load("bob")).state.cents == -30);
  }
};

}  // namespace

TEST_CASE("a store that an earlier build wrote is sound, is read, and goes on") {
  Kept kept{kept_build()};
  kept.check_sound("store", events_kept);
  {
    const auto log = kept.open("store", {.mode = FileLogOptions::Mode::read_only});
    CHECK(must(log->head()) == Position{events_kept});
    kept.check_accounts(*log);
  }
  const auto log = kept.open("store");
  Repository<bank::Account> accounts{*log, kept.clock};
  CHECK(must(accounts.execute("ada", bank::Deposit{1}, {.metadata = {.organization = "org-1"}})).version ==
        Version{122});
  must(log->close());
  kept.check_sound("store", events_kept + 1);
}

TEST_CASE("a snapshot that an earlier build took of the same code is used") {
  Kept kept{kept_build()};
  const auto log = kept.open("store");
  FileSnapshots store{kept.files, kept.directory.file("snapshots")};
  Snapshots snapshots{store, kept.clock};
  const Repository<bank::Account> accounts{*log, kept.clock, snapshots, "kept"};
  CHECK(must(accounts.load("ada")).state.cents == 7260);
  CHECK(snapshots.counts().used == 1);
  CHECK(snapshots.counts().ignored == 0);
}

TEST_CASE("a backup that an earlier build made is checked, restored and continued") {
  Kept kept{kept_build()};
  CHECK(must(check_backup(kept.files, kept.directory.file("backup"))).state.last == Position{events_kept});
  must(restore(kept.files, kept.directory.file("backup"), kept.files, kept.directory.file("restored")));
  kept.check_sound("restored", events_kept);
  kept.check_accounts(*kept.open("restored", {.mode = FileLogOptions::Mode::read_only}));

  // So that the store is one of another run of the machine, on every machine.
  fs::remove(kept.directory.file("store/head"));
  const auto again =
      must(backup(kept.files, kept.directory.file("store"), kept.files, kept.directory.file("backup"), kept.clock));
  // The mark with which that build closed the store, which it made after the backup.
  CHECK(again.bytes_copied == 96);
  CHECK(again.state.last == Position{events_kept});
}

TEST_CASE("what an earlier build archived is read, and what it dropped is expired") {
  Kept kept{kept_build()};
  const auto log = kept.open("retained");
  const auto expired = must(log->expired());
  REQUIRE(expired > Position{0});
  const auto gone = log->read_all({.from = expired, .limit = 1});
  REQUIRE_FALSE(gone);
  CHECK(gone.error().code == Errc::expired);
  const auto rest = must(log->read_all({.from = expired.next(), .limit = 1000}));
  CHECK(rest.events.size() == events_kept - expired.value);
  CHECK(fs::exists(kept.directory.file("retained/archive")));
  must(log->close());
  kept.check_sound("retained", events_kept - expired.value);
}

TEST_CASE("a lock file that an earlier build wrote is read") {
  std::ifstream file{kept_build() + "/schemas.lock"};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  CHECK(must(parse_lock(text)).size() == 12);
}

}  // namespace kept_test
