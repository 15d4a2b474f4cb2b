// Stores made from backups: to the end, to a position, to a time.
#include "backup_case.hpp"

using namespace eventstore;
using namespace eventstore::laws;

TEST_CASE("a store restored to any position ends there, and goes on") {
  BackupCase at;
  at.append_events(60);
  const auto all = at.events();
  at.make_backup();
  for (std::size_t position = 0; position <= 60; ++position) {
    CAPTURE(position);
    const auto report = at.restore({.position = Position{position}});
    REQUIRE(report.last == Position{position});
    REQUIRE(report.left_out_first == Position{0});
    const auto log = at.open_restored();
    REQUIRE(log->recovery().bytes_discarded == 0);
    REQUIRE(seen_in(*log) == first_of(all, position));
    at.append_events(*log, 1);
    REQUIRE(*log->head() == Position{position + 1});
  }
}

TEST_CASE("a position inside a commit ends before that commit, and the report says so") {
  BackupCase at;
  const auto log = at.open();
  at.append_events(*log, 2);
  REQUIRE(append(*log, {event("delivery-9", 103), event("delivery-9", 104), event("delivery-9", 105)}));
  at.append_events(*log, 1);
  at.make_backup();
  for (const std::uint64_t position : {3U, 4U}) {
    const auto report = at.restore({.position = Position{position}});
    CHECK(report.last == Position{2});
    CHECK(report.left_out_first == Position{3});
    CHECK(report.left_out_last == Position{5});
    CHECK(seen_in(*at.open_restored()).size() == 2);
  }
  const auto whole = at.restore({.position = Position{5}});
  CHECK(whole.last == Position{5});
  CHECK(whole.left_out_first == Position{0});
}

TEST_CASE("a store restored to a time has what was recorded until then") {
  BackupCase at;
  at.append_events(60);  // one a second, the first a second past noon
  at.make_backup();
  const auto last_at = [&](Timestamp time) { return at.restore({.time = time}).last.value; };
  CHECK(last_at(noon) == 0);
  CHECK(last_at(noon.plus_seconds(1)) == 1);
  CHECK(last_at(Timestamp{noon.plus_seconds(37).micros - 1}) == 36);
  CHECK(last_at(noon.plus_seconds(37)) == 37);
  CHECK(last_at(noon.plus_seconds(3600)) == 60);
  CHECK(at.restore({.position = Position{50}, .time = noon.plus_seconds(20)}).last == Position{20});
  CHECK(at.restore({.position = Position{10}, .time = noon.plus_seconds(20)}).last == Position{10});
  CHECK(at.restore({.time = noon.plus_seconds(20)}).last_recorded_at == noon.plus_seconds(20));
}

TEST_CASE("a position past the end of the backup is not found") {
  BackupCase at;
  at.append_events(5);
  at.make_backup();
  const auto refused = at.try_restore({.position = Position{6}});
  REQUIRE(code_of(refused) == Errc::not_found);
  CHECK(refused.error().detail == "the backup ends at position 5");
  CHECK_FALSE(std::filesystem::exists(at.restored_path()));
}

TEST_CASE("a directory that is not empty is refused, and left as it is") {
  BackupCase at;
  at.append_events(5);
  at.make_backup();
  std::filesystem::create_directories(at.restored_path());
  SECTION("someone's files") { write_text(at.restored_path() + "/letter.txt", "Dear"); }
  SECTION("a store") { fill(*at.open_restored(), "delivery-1", 1, 1); }
  SECTION("segments alone") {
    std::filesystem::create_directories(at.restored_path() + "/segments");
    write_text(at.restored_path() + "/segments/0000000000000001.log", "of whom?");
  }
  const auto refused = at.try_restore();
  REQUIRE(code_of(refused) == Errc::invalid_argument);
  CHECK(refused.error().detail == "the directory is not empty: name a directory that is empty or missing");
  CHECK(code_of(eventstore::restore(at.disk, at.backup_path(), at.disk, at.backup_path())) == Errc::invalid_argument);
  std::filesystem::remove_all(at.restored_path());
  std::filesystem::create_directories(at.restored_path());
  CHECK(value_of(at.try_restore()).last == Position{5});
}

TEST_CASE("a restored store can be read before anyone writes to it") {
  BackupCase at;
  at.append_events(60);
  at.make_backup();
  at.restore({.position = Position{41}});
  const auto reader = at.open_restored({.mode = FileLogOptions::Mode::read_only});
  CHECK(seen_in(*reader) == first_of(at.events(), 41));
}

TEST_CASE("a restore that is asked to stop leaves no store, and the next one makes it") {
  BackupCase at;
  at.append_events(60);
  at.make_backup();
  CHECK(code_of(at.try_restore({}, [](const CopyProgress&) { return false; })) == Errc::stopped);
  CHECK_FALSE(std::filesystem::exists(at.restored_path() + "/manifest"));
  CHECK(value_of(at.try_restore({.position = Position{7}})).last == Position{7});
  CHECK(seen_in(*at.open_restored()) == first_of(at.events(), 7));
}

TEST_CASE("a restore cut off at any file operation leaves no store or a whole one, and a second try works") {
  BackupCase at;
  at.append_events(40);
  at.make_backup();
  const auto all = at.events();
  for (const auto call : {FileCall::open, FileCall::write, FileCall::sync, FileCall::rename, FileCall::remove,
                          FileCall::make_directory, FileCall::sync_directory}) {
    bool has_failed = true;
    for (int nth = 1; has_failed; ++nth) {
      CAPTURE(static_cast<int>(call), nth);
      std::filesystem::remove_all(at.restored_path());
      at.to.fail(call, nth, nth % 2 == 0 ? EIO : ENOSPC, 13);
      const auto cut_off = at.try_restore();
      at.to.heal();
      has_failed = !cut_off;
      if (has_failed) REQUIRE((cut_off.error().os_errno == EIO || cut_off.error().os_errno == ENOSPC));
      if (std::filesystem::exists(at.restored_path() + "/manifest")) {
        REQUIRE(seen_in(*at.open_restored()) == all);
      } else {
        REQUIRE(code_of(FileLog::open(at.disk, at.store.clock, at.restored_path(),
                                      {.mode = FileLogOptions::Mode::read_only})) == Errc::not_found);
        REQUIRE(value_of(at.try_restore()).last == Position{40});
        REQUIRE(seen_in(*at.open_restored()) == all);
      }
    }
  }
}
