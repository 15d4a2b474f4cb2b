// What a backup copies, and what it leaves as it is.
#include <atomic>
#include <stdexcept>
#include <thread>

#include "../hooked_file_system.hpp"
#include "backup_case.hpp"

using namespace eventstore;
using namespace eventstore::laws;

TEST_CASE("a store made from a backup reads the same, and goes on") {
  BackupCase at;
  at.append_events(100);
  const auto log = at.open();
  const auto report = at.make_backup();
  CHECK(report.state.store_id == log->store_id());
  CHECK(report.state.last == Position{100});
  CHECK(report.state.made_at == at.store.clock.now());
  CHECK(report.state.first_recorded_at == noon.plus_seconds(1));
  CHECK(report.state.last_recorded_at == noon.plus_seconds(100));
  CHECK(report.state.segments > 3);
  CHECK(report.files_copied == report.state.segments);
  CHECK(report.files_kept == 0);
  CHECK(report.bytes_copied == report.state.bytes);
  CHECK(at.check().is_complete);
  CHECK(at.check().state.last == Position{100});

  const auto restored = at.restore();
  CHECK(restored.last == Position{100});
  CHECK(restored.store_id == log->store_id());
  CHECK(restored.last_recorded_at == noon.plus_seconds(100));
  CHECK(restored.checksum == report.state.checksum);
  const auto copy = at.open_restored();
  CHECK(copy->recovery().bytes_discarded == 0);
  CHECK(seen_in(*copy) == seen_in(*log));
  CHECK(*copy->checksum_at(Position{77}) == *log->checksum_at(Position{77}));
  CHECK(append(*copy, {event("delivery-1", 1, "data of the event")})->already_there);
  const auto receipt = append(*copy, {event("delivery-1", 101)});
  REQUIRE(receipt);
  CHECK(receipt->events[0].position == Position{101});
  CHECK(receipt->events[0].version == Version{51});
}

TEST_CASE("a second run copies only what is new") {
  BackupCase at;
  at.append_events(100);
  const auto first = at.make_backup();
  const auto log = at.open();
  at.append_events(*log, 1);
  const auto second = at.make_backup();
  CHECK(second.state.last == Position{101});
  CHECK(second.files_copied == 1);
  CHECK(second.files_kept == first.state.segments - 1);
  CHECK(second.bytes_copied == second.state.bytes - first.state.bytes);

  const auto writes = at.to.calls(FileCall::write);
  const auto third = at.make_backup();
  CHECK(third.files_copied == 0);
  CHECK(third.bytes_copied == 0);
  CHECK(third.files_kept == first.state.segments);
  CHECK(at.to.calls(FileCall::write) == writes + 3);  // the lock's text, the mark, and the manifest

  at.append_events(*log, 60);
  const auto fourth = at.make_backup();
  CHECK(fourth.state.last == Position{161});
  CHECK(fourth.files_copied == fourth.state.segments - first.state.segments + 1);
  CHECK(fourth.state.first_recorded_at == noon.plus_seconds(1));
  CHECK(fourth.state.last_recorded_at == noon.plus_seconds(161));
  CHECK(at.restored_events() == seen_in(*log));
}

TEST_CASE("an empty store can be backed up, restored and filled") {
  BackupCase at;
  const auto log = at.open();
  const auto report = at.make_backup();
  CHECK(report.state.last == Position{0});
  CHECK(report.state.segments == 1);
  CHECK(report.state.checksum == 0);
  CHECK(at.restored_events().empty());
  fill(*at.open_restored(), "delivery-1", 1, 1);
  at.append_events(*log, 2);
  CHECK(at.make_backup().state.last == Position{2});
  CHECK(at.restored_events() == seen_in(*log));
}

TEST_CASE("a backup beside a writer holds whole commits up to what was acknowledged") {
  BackupCase at;
  const auto log = at.open();
  std::atomic<bool> is_done{false};
  std::atomic<std::uint64_t> acknowledged{0};
  std::thread writer{[&] {
    for (std::uint64_t i = 1; i <= 2000 && !is_done; i += 2) {
      if (!append(*log, {event("delivery-1", i), event("delivery-2", i + 1)})) return;
      acknowledged = i + 1;
    }
  }};
  while (acknowledged == 0) std::this_thread::yield();
  std::vector<BackupReport> reports;
  std::vector<std::uint64_t> least;
  for (int run = 0; run < 8; ++run) {
    least.push_back(acknowledged);
    auto report = at.try_backup();
    if (!report) is_done = true;
    if (report) reports.push_back(*report);
  }
  is_done = true;
  writer.join();
  REQUIRE(reports.size() == 8);
  for (std::size_t run = 0; run < reports.size(); ++run) {
    CAPTURE(run);
    CHECK(reports[run].state.last.value >= least[run]);
    CHECK(reports[run].state.last.value % 2 == 0);
  }
  const auto all = seen_in(*log);
  CHECK(at.restored_events() == first_of(all, reports.back().state.last.value));
  CHECK(at.make_backup().state.last.value == all.size());
  CHECK(at.restored_events() == all);
}

TEST_CASE("nothing is copied that the writer has not published") {
  BackupCase at;
  auto log = at.open();
  at.append_events(*log, 3);
  const auto head = read_text(at.store.file("head"));
  at.append_events(*log, 2);
  log.reset();
  write_text(at.store.file("head"), head);
  CHECK(at.make_backup().state.last == Position{3});
}

TEST_CASE("zeros that a writer has put ahead of the end are not copied") {
  BackupCase at;
  at.append_events(3);
  const auto bytes = at.make_backup().state.bytes;
  write_at(at.store.segment(1), at.end_of_copy(1), std::string(2000, '\0'));
  CHECK(at.make_backup().state.bytes == bytes);
  at.append_events(1);
  CHECK(at.make_backup().state.last == Position{4});
  CHECK(at.restored_events() == at.events());
}

TEST_CASE("without a writer since the machine was started, what is whole is copied") {
  BackupCase at;
  at.append_events(30);
  const auto all = at.events();
  at.store.files.set_boot_id("another run");
  const auto segments = static_cast<int>(at.make_backup().state.segments);
  const auto last = at.store.segment(segments);
  const auto end = at.end_of_copy(segments);
  std::filesystem::remove_all(at.backup_path());
  SECTION("all of it") {}
  SECTION("up to what is torn") { write_at(last, end, "half a commit, and then no power"); }
  SECTION("up to zeros") { write_at(last, end, std::string(200, '\0')); }
  CHECK(at.make_backup().state.last == Position{30});
  CHECK(at.end_of_copy(segments) == end);
  CHECK(at.restored_events() == all);
  // A writer comes, and the backup goes on.
  at.append_events(5);
  CHECK(at.make_backup().state.last == Position{35});
  CHECK(at.restored_events() == at.events());
}

TEST_CASE("a run that is asked to stop leaves the state of the run before") {
  BackupCase at;
  at.append_events(50);
  at.make_backup();
  const auto before = at.events();
  at.append_events(50);
  CHECK(code_of(at.try_backup([](const CopyProgress&) { return false; })) == Errc::stopped);
  CHECK_FALSE(at.check().is_complete);
  CHECK(at.restored_events() == before);
  CHECK(code_of(at.try_backup([](const CopyProgress&) -> bool { throw std::runtime_error{"no"}; })) ==
        Errc::user_exception);
  CHECK(at.restored_events() == before);
  at.make_backup();
  CHECK(at.check().is_complete);
  CHECK(at.restored_events() == at.events());
}

TEST_CASE("progress ends with all of what there was to do") {
  BackupCase at;
  at.append_events(100);
  const std::string large(600'000, 'x');
  REQUIRE(append(*at.open(), {event("delivery-3", 1000, large)}));
  CopyProgress last;
  REQUIRE(at.try_backup([&](const CopyProgress& now) {
    CHECK(now.bytes_done >= last.bytes_done);
    CHECK(now.bytes_done <= now.bytes_total);
    last = now;
    return true;
  }));
  CHECK(last.bytes_total >= at.check().state.bytes);
  CHECK(last.bytes_done > 600'000);
}

TEST_CASE("a first backup that another one overtakes at any of its reads is made, or refused as locked") {
  bool is_overtaken = true;
  for (int at_read = 1; is_overtaken; ++at_read) {
    CAPTURE(at_read);
    BackupCase at;
    at.append_events(10);
    HookedFileSystem to{at.disk};
    is_overtaken = false;
    to.before_read = [&, left = at_read]() mutable {
      if (--left != 0) return;
      is_overtaken = true;
      if (const auto other = at.try_backup(); !other) CHECK(other.error().code == Errc::locked);
    };
    const auto made = backup(at.store.files, at.store.path(), to, at.backup_path(), at.store.clock);
    if (!made) FAIL(made.error().message());
    CHECK(at.restored_events() == at.events());
  }
}

TEST_CASE("two backups to one directory at once are refused") {
  BackupCase at;
  at.append_events(10);
  std::optional<Error> refusal;
  REQUIRE(at.try_backup([&](const CopyProgress&) {
    auto second = at.try_backup();
    if (!second && !refusal) refusal = second.error();
    return true;
  }));
  REQUIRE(refusal);
  CHECK(refusal->code == Errc::locked);
  CHECK(refusal->where == at.backup_path());
  CHECK(refusal->detail == "process " + at.disk.process_name() + " makes a backup to this directory");
  CHECK(at.check().is_complete);
}

TEST_CASE("a directory with something else in it is not made a backup") {
  BackupCase at;
  at.append_events(1);
  SECTION("a store") {
    const auto refused = backup(at.disk, at.store.path(), at.disk, at.store.path(), at.store.clock);
    CHECK(code_of(refused) == Errc::invalid_argument);
    CHECK(refused.error().detail ==
          "the directory holds other files: name an empty directory, or that of an earlier backup");
    CHECK_FALSE(std::filesystem::exists(at.store.file("in-progress")));
  }
  SECTION("someone's files") {
    std::filesystem::create_directories(at.backup_path());
    write_text(at.in_backup("letter.txt"), "Dear");
    CHECK(code_of(at.try_backup()) == Errc::invalid_argument);
    CHECK_FALSE(std::filesystem::exists(at.in_backup("lock")));
  }
}

TEST_CASE("where there is no store nothing is made, and where there is no backup nothing is found") {
  BackupCase at;
  const auto missing = at.try_backup();
  CHECK(code_of(missing) == Errc::not_found);
  CHECK(missing.error().detail == "there is no store in this directory");
  CHECK_FALSE(std::filesystem::exists(at.backup_path()));
  CHECK(code_of(at.try_check()) == Errc::not_found);
  const auto nothing = at.try_restore();
  CHECK(code_of(nothing) == Errc::not_found);
  CHECK(nothing.error().detail == "there is no backup in this directory");
  CHECK_FALSE(std::filesystem::exists(at.restored_path()));
}

TEST_CASE("seals of segments are copied once they are there, and restored with whole segments only") {
  BackupCase at;
  at.append_events(100);
  const auto seal = [](const std::string& directory, int number) {
    return directory + "/segments/000000000000000" + std::to_string(number) + ".seal";
  };
  write_text(seal(at.store.path(), 1), "leaves of 1");
  const auto first = at.make_backup();
  CHECK(first.files_copied == first.state.segments + 1);
  write_text(seal(at.store.path(), 2), std::string(700'000, '2'));
  const auto report = at.make_backup();
  CHECK(report.files_copied == 1);
  CHECK(report.bytes_copied == 700'000);
  CHECK(at.make_backup().files_copied == 0);
  at.restore();
  CHECK(read_text(seal(at.restored_path(), 1)) == "leaves of 1");
  CHECK(read_text(seal(at.restored_path(), 2)).size() == 700'000);
  at.restore({.position = Position{30}});
  CHECK(std::filesystem::exists(seal(at.restored_path(), 1)));
  CHECK_FALSE(std::filesystem::exists(seal(at.restored_path(), 2)));
  flip_byte(seal(at.backup_path(), 2), 699'999);
  CHECK(code_of(at.try_check()) == Errc::corrupt_record);
  std::filesystem::remove(seal(at.backup_path(), 2));
  CHECK(code_of(at.try_check()) == Errc::corrupt_record);
  CHECK(at.make_backup().files_copied == 1);
  CHECK(at.check().is_complete);
}
