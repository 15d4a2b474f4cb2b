// What the log does when the disk says no.
#include <cerrno>
#include <thread>

#include <eventstore/testing/simulated_disk.hpp>

#include "hooked_file_system.hpp"
#include "store_on_disk.hpp"

namespace failure_test {

using namespace eventstore;
using namespace eventstore::laws;

TEST_CASE("a failed sync leaves the outcome unknown and the log read-only until it is reopened") {
  StoreOnDisk store;
  auto log = store.open();
  fill(*log, "delivery-1", 1, 1);
  store.files.fail(FileCall::sync, 1, EIO);
  const auto unknown = append(*log, {event("delivery-1", 2)});
  REQUIRE(code_of(unknown) == Errc::outcome_unknown);
  CHECK(unknown.error().os_errno == EIO);
  CHECK(unknown.error().detail ==
        "the commit was written, and may not be on the disk: reopen the store and retry with the same ids");
  store.files.heal();
  const auto refused = append(*log, {event("delivery-1", 3)});
  REQUIRE(code_of(refused) == Errc::read_only);
  CHECK(refused.error().detail.starts_with("an earlier failure made the log read-only: reopen it ("));
  CHECK(code_of(log->sync()) == Errc::read_only);
  CHECK(*log->head() == Position{1});
  CHECK(log->read_all()->events.size() == 1);

  log.reset();
  log = store.open();
  const auto again = append(*log, {event("delivery-1", 2)});
  REQUIRE(again);
  CHECK(again->events[0].version == Version{2});
  CHECK(*log->head() == Position{2});
}

TEST_CASE("a full disk refuses the commit, and the next one fits where it would have stood") {
  StoreOnDisk store;
  auto log = store.open();
  fill(*log, "delivery-1", 1, 1);
  store.files.fail(FileCall::write, 1, ENOSPC, 50);
  const auto refused = append(*log, {event("delivery-1", 2, std::string(500, 'x'))});
  REQUIRE(code_of(refused) == Errc::out_of_space);
  CHECK(refused.error().os_errno == ENOSPC);
  CHECK(*log->head() == Position{1});
  store.files.heal();
  CHECK(append(*log, {event("delivery-1", 3)})->events[0].position == Position{2});
  store.keep();
  log.reset();
  store.return_to_kept();
  log = store.open();
  CHECK(log->recovery().bytes_discarded == 0);
  CHECK(log->read_all()->events.at(1).id == id_of(3));
}

TEST_CASE("a disk that is full when a segment is to begin refuses until there is room") {
  StoreOnDisk store;
  auto log = store.open({.segment_bytes_max = small_segment});
  const std::string large(3000, 'x');
  REQUIRE(append(*log, {event("delivery-1", 1, large)}));
  const auto call = GENERATE(FileCall::open, FileCall::rename, FileCall::sync_directory);
  store.files.fail(call, 1, ENOSPC);
  CHECK(code_of(append(*log, {event("delivery-1", 2, large)})) == Errc::out_of_space);
  CHECK(code_of(append(*log, {event("delivery-1", 2, large)})) == Errc::out_of_space);
  store.files.heal();
  CHECK(append(*log, {event("delivery-1", 2, large)})->events[0].position == Position{2});
  log.reset();
  CHECK(store.open()->read_all()->events.size() == 2);
}

TEST_CASE("writes that take a few bytes at a time are completed") {
  StoreOnDisk store;
  store.files.write_short(7);
  {
    auto log = store.open({.segment_bytes_max = small_segment});
    fill(*log, "delivery-1", 1, 40);
  }
  CHECK(*store.open()->head() == Position{40});
}

TEST_CASE("a store that cannot be written to is opened for reading only") {
  StoreOnDisk store;
  fill(*store.open(), "delivery-1", 1, 2);
  store.files.fail(FileCall::open, 1, EROFS);
  const auto refusal = store.refusal();
  CHECK(refusal.code == Errc::read_only);
  CHECK(refusal.where == store.file("lock"));
  CHECK(*store.open({.mode = StoreOnDisk::Mode::read_only})->head() == Position{2});
}

TEST_CASE("any failing call while opening is an error, and no harm") {
  StoreOnDisk store;
  fill(*store.open({.segment_bytes_max = small_segment}), "delivery-1", 1, 30);
  for (const auto call : {FileCall::open, FileCall::read, FileCall::write, FileCall::sync, FileCall::map}) {
    bool has_failed = true;
    for (int nth = 1; has_failed; ++nth) {
      CAPTURE(static_cast<int>(call), nth);
      store.files.fail(call, nth, EIO);
      auto opened = store.try_open();
      has_failed = !opened;
      store.files.heal();
      if (opened)
        REQUIRE(*(*opened)->head() == Position{30});
      else
        REQUIRE(opened.error().os_errno == EIO);
    }
  }
  CHECK(store.open()->read_all()->events.size() == 30);
}

TEST_CASE("a receipt says what holds") {
  StoreOnDisk store;
  auto log = store.open({.durability = Durability::on_close});
  const std::vector first{event("delivery-1", 1)};
  CHECK(append(*log, first)->durability == Durability::on_close);
  CHECK(append(*log, first)->durability == Durability::on_close);
  const auto syncs = store.files.calls(FileCall::sync);
  const auto again = log->append({.events = first, .durability = Durability::every_commit});
  CHECK(again->already_there);
  CHECK(again->durability == Durability::every_commit);
  CHECK(store.files.calls(FileCall::sync) == syncs + 1);
  CHECK(append(*log, first)->durability == Durability::every_commit);
  CHECK(store.files.calls(FileCall::sync) == syncs + 1);
  const std::vector second{event("delivery-1", 2)};
  CHECK(log->append({.events = second, .durability = Durability::interval})->durability == Durability::interval);
  REQUIRE(log->sync());
  CHECK(append(*log, second)->durability == Durability::every_commit);
}

TEST_CASE("with durability by interval the log syncs by itself") {
  StoreOnDisk store;
  auto log = store.open({.durability = Durability::interval, .sync_interval = std::chrono::milliseconds{1}});
  const auto syncs = store.files.calls(FileCall::sync);
  const std::vector first{event("delivery-1", 1)};
  CHECK(append(*log, first)->durability == Durability::interval);
  while (append(*log, first)->durability != Durability::every_commit) std::this_thread::yield();
  CHECK(store.files.calls(FileCall::sync) > syncs);
}

TEST_CASE("a store can be made below a directory that cannot be synced, and in none that cannot") {
  StoreOnDisk store;
  HookedFileSystem hooked{store.disk};
  const bool is_own = GENERATE(false, true);
  hooked.before_sync_directory = [&](const std::string& directory) -> Result<void> {
    if (directory.starts_with(store.path()) != is_own) return {};
    return failure(Error{Errc::io_failed, "sync", directory, {}, Position{0}, EINVAL});
  };
  const auto opened = FileLog::open(hooked, store.clock, store.path(), {});
  CHECK(opened.has_value() != is_own);
}

TEST_CASE("events that a failed sync has lost are not read as what the disk has in their place") {
  SimulatedDisk disk{{.loss = Loss::everything}};
  ManualClock clock{noon};
  auto opened = FileLog::open(disk, clock, "store", {.durability = Durability::on_close, .background_work = false});
  REQUIRE(opened);
  auto& log = **opened;
  fill(log, "delivery-1", 1, 3);
  REQUIRE(log.sync());
  fill(log, "delivery-1", 4, 30);
  REQUIRE(log.read_all({.limit = no_limit})->events.size() == 33);
  disk.fail(FileCall::sync, 1, EIO);
  CHECK(code_of(log.sync()) == Errc::outcome_unknown);
  disk.drop_caches();  // the system may do so at any time
  std::uint64_t lost = 0;
  for (std::uint64_t id = 1; id <= 33; ++id) {
    const auto read = log.read_all({.from = Position{id}, .limit = 1});
    const auto found = log.find(stream_named("delivery-1"), id_of(id));
    if (read) CHECK(read->events[0].id == id_of(id));
    if (found) CHECK(found->events[0].position == Position{id});
    if (!read) CHECK(code_of(read) == Errc::corrupt_record);
    lost += read ? 0 : 1;
  }
  CHECK(lost > 0);
  CHECK(lost <= 30);
}

}  // namespace failure_test
