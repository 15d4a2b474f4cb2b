// What simulated lives have found, each by itself.
#include <catch2/catch.hpp>
#include <cerrno>
#include <eventstore/file_log/verify.hpp>
#include <map>

#include "found_case.hpp"

namespace found_test {

using namespace eventstore;

TEST_CASE("newer index files beside an older copy of the log are not used", "[power][found]") {
  Case at;
  at.fill(10);
  std::map<std::string, Bytes> older;
  for (const auto& path : at.files("store/segments", ".log")) older[path] = *at.disk.cached(path);
  for (const std::uint64_t newer : {std::uint64_t{12}, std::uint64_t{40}}) {
    CAPTURE(newer);
    at.fill(newer);
    at.lose(at.files("store/segments", ".log"));
    at.lose(at.files("store/segments", ".seal"));
    at.lose({"store/head"});
    for (const auto& [path, content] : older) REQUIRE(write_all(**at.disk.open(path, OpenMode::create), 0, content));
    const auto log = at.open();
    CHECK(*log->head() == Position{10});
    CHECK(log->read_all({.limit = 100})->events.size() == 10);
    CHECK(*log->head(StreamId::trusted("delivery-2")) == Version{5});
    CHECK(log->find(StreamId::trusted("delivery-1"), Case::id_of(11)).error().code == Errc::not_found);
  }
}

TEST_CASE("where a table is gone and the index is not, what damage took is not said to be missing", "[power][found]") {
  Case at;
  at.fill(30);
  at.lose(at.files("store/tables", ".tbl"));
  REQUIRE(at.disk.flip_bit("store/segments/0000000000000002.log", 700, 3));
  for (const auto mode : {FileLogOptions::Mode::read_only, FileLogOptions::Mode::read_write}) {
    auto options = small;
    options.mode = mode;
    const auto log = at.open(options);
    for (std::uint64_t number = 1; number <= 30; ++number) {
      CAPTURE(number);
      const auto found =
          log->find(StreamId::trusted(number % 2 == 0 ? "delivery-2" : "delivery-1"), Case::id_of(number));
      CHECK((found || found.error().code == Errc::corrupt_record));
    }
  }
  // None over the damage: it would outlive the repair.
  for (const auto& path : at.files("store/tables", ".tbl")) CHECK(path > "store/tables/0000000000000002-");
}

TEST_CASE("a call that fails while index files are made anew leaves none that is wrong", "[power][found]") {
  for (const auto call : {FileCall::map, FileCall::open, FileCall::read, FileCall::size, FileCall::write})
    for (int nth = 1; nth <= 60; ++nth) {
      CAPTURE(static_cast<int>(call), nth);
      Case at;
      at.fill(22);
      at.lose(at.files("store/segments", ".idx"));
      at.lose({"store/catalog"});
      at.disk.fail(call, nth, EIO);
      (void)FileLog::open(at.disk, at.clock, "store", small);
      at.disk.heal();
      const auto report = verify(at.disk, "store", {.chain = true});
      REQUIRE(report);
      CHECK(report->findings.empty());
    }
}

TEST_CASE("a segment is there after a power cut, though the process that made it failed to sync its name",
          "[power][found]") {
  Case at;
  auto log = at.open();
  // Nor can it take the name away.
  at.disk.fail(FileCall::sync_directory, 1, EIO);
  at.disk.fail(FileCall::remove, 2, EIO);
  at.disk.fail(FileCall::rename, 2, EIO);
  while (Case::append_next(*log)) continue;
  log.reset();
  REQUIRE(at.disk.cached("store/segments/0000000000000002.log"));
  at.disk.heal();
  at.disk.fail(FileCall::rename, 1, EIO);  // index files are not made, which would sync the directory
  const auto appended = at.open();
  Case::append_up_to(*appended, 6);
  at.lose_power();
  at.disk.heal();
  CHECK(*at.open()->head() == Position{6});
}

TEST_CASE("a store is there after a power cut, though the process that made it ended before it had synced its names",
          "[power][found]") {
  bool is_made = false;
  for (std::uint64_t nth = 1; !is_made; ++nth) {
    CAPTURE(nth);
    Case at;
    at.disk.end_run_after(nth);
    is_made = FileLog::open(at.disk, at.clock, "store", small).has_value();
    at.disk.never_stop();
    if (!is_made) at.disk.restart();
    {
      const auto log = at.open();
      Case::append_up_to(*log, 1);
      at.lose_power();
    }
    CHECK(at.open()->head() == Position{1});
  }
}

TEST_CASE("a backup is there after a power cut, though another run made its directory and failed", "[power][found]") {
  Case at;
  at.fill(10);
  at.disk.fail(FileCall::sync_directory, 1, EIO);
  CHECK_FALSE(at.back_up());
  at.disk.heal();
  REQUIRE(at.back_up());
  at.lose_power();
  const auto checked = check_backup(at.disk, "copies/backup");
  REQUIRE(checked);
  CHECK(checked->state.last == Position{10});
}

TEST_CASE("a restored store is there after a power cut, though another run made its directory and failed",
          "[power][found]") {
  Case at;
  at.fill(10);
  REQUIRE(at.back_up());
  at.disk.fail(FileCall::sync_directory, 1, EIO);
  CHECK_FALSE(restore(at.disk, "copies/backup", at.disk, "again/store"));
  at.disk.heal();
  REQUIRE(restore(at.disk, "copies/backup", at.disk, "again/store"));
  at.lose_power();
  const auto report = verify(at.disk, "again/store");
  REQUIRE(report);
  CHECK(report->events == 10);
}

TEST_CASE("a drop that one process began, and that another one completes when the power fails, loses nothing else",
          "[power][found]") {
  bool is_dropped = false;
  for (std::uint64_t nth = 1; !is_dropped; ++nth) {
    bool was_cut = true;
    for (std::uint64_t cut = 1; was_cut; ++cut) {
      CAPTURE(nth, cut);
      Case at;
      at.fill(8);
      {
        const auto log = at.open();
        at.disk.end_run_after(nth);
        is_dropped = log->retain({RetentionPolicy::Action::drop, noon.plus_seconds(1), false}).has_value();
      }
      at.disk.never_stop();
      if (!at.disk.is_running()) at.disk.restart();
      at.disk.cut_power_after(cut);
      was_cut = !FileLog::open(at.disk, at.clock, "store", small);
      at.disk.never_stop();
      at.lose_power();
      const auto log = at.open();
      REQUIRE(log->head() == Position{8});
      const auto expired = *log->expired();
      REQUIRE(log->read_all({.from = expired.next(), .limit = 100})->events.size() == 8 - expired.value);
    }
  }
}

TEST_CASE("a restore that a power cut ended is made again in the same directory", "[power][found]") {
  bool was_cut = true;
  for (std::uint64_t nth = 1; was_cut; ++nth) {
    was_cut = false;
    for (std::uint64_t seed = 1; seed <= 24; ++seed) {
      CAPTURE(nth, seed);
      Case at{{.seed = seed, .loss = Loss::sectors}};
      at.fill(6);
      REQUIRE(at.back_up());
      const auto restore = [&] { return eventstore::restore(at.disk, "copies/backup", at.disk, "restored"); };
      at.disk.cut_power_after(nth);
      was_cut = !restore() || was_cut;
      at.disk.never_stop();
      if (!at.disk.is_running()) at.disk.restart();
      // Perhaps it was whole already.
      const auto again = restore();
      const auto log = FileLog::open(at.disk, at.clock, "restored", small);
      if (!log) FAIL((again ? std::string{} : again.error().message() + "; ") + log.error().message());
      CHECK((*log)->head() == Position{6});
    }
  }
}

TEST_CASE("a backup of a closed store goes on after a power cut", "[power][found]") {
  Case at;
  at.fill(10);
  REQUIRE(at.back_up());
  at.lose_power();
  at.fill(12);
  const auto next = at.back_up();
  if (!next) FAIL(next.error().message());
  CHECK(next->state.last == Position{12});
}

TEST_CASE("a backup does not go on in a copy that has rotted", "[power][found]") {
  Case at;
  at.fill(10);
  REQUIRE(at.back_up());
  const auto copy = at.files("copies/backup/segments", ".log").back();
  REQUIRE(at.disk.flip_bit(copy, 300, 3));
  at.fill(11);
  const auto next = at.back_up();
  REQUIRE_FALSE(next);
  CHECK(next.error().code == Errc::corrupt_record);
  CHECK(next.error().detail == "the copy is damaged: remove this file, and the next backup copies the segment again");
}

TEST_CASE("what a torn tail lost is not taken for the store's, though it stands behind the seal", "[power][found]") {
  Case at{{}};
  at.fill(1);
  auto options = small;
  options.durability = Durability::on_close;
  {
    const auto log = at.open(options);
    Case::append_up_to(*log, 3);
    REQUIRE(at.back_up());
    at.disk.end_run();
  }
  at.disk.restart();
  // The second event is torn; the third is whole, and stays where it is when the store goes on without both.
  const std::string segment = "store/segments/0000000000000001.log";
  const auto second = as_text(*at.disk.cached(segment)).rfind("delivery-2");
  REQUIRE(at.disk.flip_bit(segment, second, 0));
  at.lose({"store/head"});
  CHECK(at.open()->recovery().bytes_discarded > 0);
  at.fill(4);
  const auto refused = at.back_up();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::invalid_argument);
}

TEST_CASE("what stands behind a damaged seal is not taken for history", "[power][found]") {
  Case at{{}};
  at.fill(1);
  auto options = small;
  options.durability = Durability::on_close;
  {
    const auto log = at.open(options);
    Case::append_up_to(*log, 3);
    at.disk.end_run();
  }
  at.disk.restart();
  const std::string segment = "store/segments/0000000000000001.log";
  const auto second = as_text(*at.disk.cached(segment)).rfind("delivery-2");
  REQUIRE(at.disk.flip_bit(segment, second, 0));
  at.lose({"store/head"});
  at.fill(1);  // seals over the second event; the third stays behind the seal
  for (const std::uint64_t last : {std::uint64_t{1}, std::uint64_t{2}}) {
    CAPTURE(last);
    at.fill(last);
    at.lose(at.files("store/segments", ".idx"));
    at.lose(at.files("store/tables", ".tbl"));
    at.lose({"store/catalog"});
    const auto seal = as_text(*at.disk.cached(segment)).rfind(std::string_view{"ESCM\2\0", 6});
    REQUIRE(at.disk.flip_bit(segment, seal + 20, 1));
    for (const auto mode : {FileLogOptions::Mode::read_only, FileLogOptions::Mode::read_write}) {
      options.mode = mode;
      const auto log = at.open(options);
      CHECK(*log->head() == Position{last});
      for (std::uint64_t from = 1; from <= 3; ++from) {
        const auto page = log->read_all({.from = Position{from}});
        CHECK((page ? page->events.size() <= last + 1 - std::min(from, last + 1)
                    : page.error().code == Errc::corrupt_record));
      }
      const auto lost = log->find(StreamId::trusted("delivery-1"), Case::id_of(3));
      CHECK_FALSE(lost);
    }
    REQUIRE(at.disk.flip_bit(segment, seal + 20, 1));
  }
}

TEST_CASE("a backup goes on where reads give a part of what is asked for", "[power][found]") {
  Case at{{.short_transfers_in_10000 = 5000}};
  for (std::uint64_t last = 1; last <= 30; ++last) {
    at.fill(last);
    const auto made = at.back_up();
    if (!made) FAIL(made.error().message());
    CHECK(made->state.last == Position{last});
  }
}

TEST_CASE("an error of a directory's sync that is told only once costs nothing that was acknowledged",
          "[power][found]") {
  bool has_failed = true;
  for (int nth = 1; has_failed; ++nth) {
    CAPTURE(nth);
    Case at{{.directory_errors_are_told_once = true}};
    at.disk.fail(FileCall::sync_directory, nth, EIO);
    std::unique_ptr<FileLog> log;
    std::uint64_t acknowledged = 0;
    Position expired{0};
    // After each error the store is opened anew, while the machine runs.
    const auto work = [&](std::uint64_t last) {
      for (int tries = 0; tries < 3; ++tries) {
        log.reset();
        if (auto opened = FileLog::open(at.disk, at.clock, "store", small); opened)
          log = std::move(*opened);
        else
          continue;
        Result<Receipt> appended;
        while (log->head()->value < last && (appended = Case::append_next(*log)))
          acknowledged = appended->events.back().position.value;
        if (appended) return;
      }
      FAIL("the store does not go on");
    };
    work(30);
    for (int tries = 0; tries < 2; ++tries) {
      at.clock.advance_seconds(10);
      const auto dropped = log->retain({.action = RetentionPolicy::Action::drop, .before = at.clock.now()});
      expired = *log->expired();
      if (!dropped) work(log->head()->value + 1);
    }
    CHECK(expired > Position{0});
    work(45);
    has_failed = at.disk.failures() > 0;
    at.lose_power();
    log.reset();
    const auto report = verify(at.disk, "store", {.chain = true});
    REQUIRE(report);
    CHECK(report->findings.empty());
    log = at.open();
    CHECK(*log->head() == Position{acknowledged});
    CHECK(*log->expired() == expired);
  }
}

}  // namespace found_test
