// A clock that ran ahead once, and was set back: who goes by recorded_at says so.
#include <eventstore/file_log/backup.hpp>
#include <eventstore/file_log/verify.hpp>

#include "store_on_disk.hpp"

namespace clock_jump_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

constexpr std::int64_t day = 86'400;

/// Events 1 to 10 at noon, 11 to 110 under a clock that is ten days ahead, set back after the first of them.
struct JumpedStore : StoreOnDisk {
  std::unique_ptr<FileLog> log = open(small());

  static FileLogOptions small() { return {.segment_bytes_max = small_segment, .background_work = false}; }
  JumpedStore() {
    fill(*log, "delivery-1", 1, 10);
    reopen_at(noon.plus_seconds(10 * day));
    fill(*log, "delivery-1", 11, 1);
    reopen_at(noon.plus_seconds(60));
    fill(*log, "delivery-1", 12, 99);
  }
  void reopen_at(Timestamp time) {
    log.reset();
    clock.set(time);
    log = open(small());
  }
};

}  // namespace

TEST_CASE("verification tells where the clock ran ahead, and calls it no damage", "[clock_jump]") {
  JumpedStore store;
  store.log.reset();
  PosixFileSystem files;
  const auto report = verify(files, store.path());
  REQUIRE(report);
  CHECK(report->findings.empty());
  REQUIRE(report->clock_jumps.size() == 1);
  const auto& jump = report->clock_jumps.front();
  CHECK(jump.first == Position{11});
  CHECK(jump.last == Position{110});
  CHECK(jump.before == noon);
  CHECK(jump.after == noon.plus_seconds(10 * day));
}

TEST_CASE("days without an event are no jump", "[clock_jump]") {
  StoreOnDisk store;
  {
    const auto log = store.open();
    for (std::uint64_t id = 1; id <= 5; ++id) {
      fill(*log, "delivery-1", id, 1);
      store.clock.advance_seconds(id % 2 == 0 ? 10 * day : 1);
    }
  }
  PosixFileSystem files;
  CHECK(verify(files, store.path())->clock_jumps.empty());
}

TEST_CASE("retention says how many segments count as newer than now", "[clock_jump]") {
  JumpedStore store;
  const auto report = store.log->retain(
      {.action = RetentionPolicy::Action::drop, .before = noon.plus_seconds(5 * day), .dry_run = true});
  REQUIRE(report);
  CHECK(report->ahead_of_clock > 1);
  store.reopen_at(noon.plus_seconds(11 * day));
  CHECK(store.log->retain({.dry_run = true})->ahead_of_clock == 0);
}

TEST_CASE("a restore to a time says where the backup ends", "[clock_jump]") {
  JumpedStore store;
  TemporaryDirectory elsewhere;
  store.log.reset();
  PosixFileSystem files;
  REQUIRE(backup(files, store.path(), files, elsewhere.file("backup"), store.clock));
  const auto restored =
      restore(files, elsewhere.file("backup"), files, elsewhere.file("restored"), {.time = noon.plus_seconds(5 * day)});
  REQUIRE(restored);
  CHECK(restored->last == Position{10});
  CHECK(restored->backup_last == Position{110});
}

}  // namespace clock_jump_test
