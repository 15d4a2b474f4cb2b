// Dropping on a disk that is full, which is when people think of it.
#include <cerrno>
#include <eventstore/file_log/verify.hpp>
#include <eventstore/testing/simulated_disk.hpp>

#include "retention_case.hpp"

using namespace eventstore;
using namespace eventstore::laws;

TEST_CASE("a drop makes room on a disk that has none", "[retention][full_disk]") {
  SimulatedDisk disk{{.overwrites_need_space = GENERATE(false, true)}};
  ManualClock clock{noon};
  const FileLogOptions options{.segment_bytes_max = small_segment, .background_work = false};
  const auto open = [&] {
    auto opened = FileLog::open(disk, clock, "store", options);
    if (!opened) FAIL(opened.error().message());
    return std::move(*opened);
  };
  constexpr std::uint64_t count = 300;
  const std::string data(200, 'x');
  {
    const auto log = open();
    for (std::uint64_t id = 1; id <= count; ++id) {
      REQUIRE(append(*log, {event("delivery-" + std::to_string(id % 5), id, data)}));
      clock.advance_seconds(60);
    }
    REQUIRE(log->settle());
  }
  auto log = open();
  disk.set_free_bytes(0);
  CHECK(code_of(append(*log, {event("delivery-1", 1000, std::string(5000, 'x'))})) == Errc::out_of_space);
  const auto report = log->retain(
      {.action = RetentionPolicy::Action::drop, .before = noon.plus_seconds(static_cast<std::int64_t>(count) * 30)});
  if (!report) FAIL(report.error().message());
  CHECK(report->segments > 5);
  CHECK(append(*log, {event("delivery-1", 1001, data)}));
  REQUIRE(log->close());
  log = open();
  CHECK(*log->expired() == report->last);
  CHECK(log->read_all({.from = report->last.next(), .limit = no_limit})->events.back().id == id_of(1001));
  REQUIRE(log->close());
  const auto checked = verify(disk, "store");
  REQUIRE(checked);
  CHECK(checked->findings.empty());
}

TEST_CASE("a drop for which no room can be made changes nothing but index files", "[retention][full_disk]") {
  SimulatedDisk disk;
  ManualClock clock{noon};
  const FileLogOptions options{.segment_bytes_max = small_segment, .background_work = false};
  auto opened = FileLog::open(disk, clock, "store", options);
  REQUIRE(opened);
  auto& log = **opened;
  fill(log, "delivery-1", 1, 200);
  REQUIRE(log.settle());
  clock.advance_seconds(60);
  disk.set_free_bytes(0);
  disk.fail(FileCall::remove, 1, EROFS, 10'000);
  const auto dropped = log.retain({.action = RetentionPolicy::Action::drop, .before = clock.now()});
  REQUIRE_FALSE(dropped);
  disk.heal();
  disk.set_free_bytes(std::nullopt);
  CHECK(*log.expired() == Position{0});
  CHECK(log.read_all({.limit = no_limit})->events.size() == 200);
  CHECK(log.retain({.action = RetentionPolicy::Action::drop, .before = clock.now()}));
}

TEST_CASE("a drop that finds no room at any of its steps is done, or can be done again", "[retention][full_disk]") {
  const auto call = GENERATE(FileCall::open, FileCall::write);
  bool was_full = true;
  for (int nth = 1; was_full; ++nth) {
    CAPTURE(call, nth);
    SimulatedDisk disk;
    ManualClock clock{noon};
    auto opened = FileLog::open(disk, clock, "store", {.segment_bytes_max = small_segment, .background_work = false});
    REQUIRE(opened);
    auto& log = **opened;
    const auto drop_all = [&] {
      return log.retain({.action = RetentionPolicy::Action::drop, .before = clock.now().plus_seconds(1)});
    };
    fill(log, "delivery-1", 1, 60);
    REQUIRE(drop_all());
    fill(log, "delivery-1", 61, 60);
    const auto failures_before = disk.failures();
    disk.fail(call, nth, ENOSPC);
    const auto dropped = drop_all();
    was_full = disk.failures() > failures_before;
    disk.heal();
    if (!dropped) CHECK(dropped.error().code == Errc::out_of_space);
    const auto again = drop_all();
    if (!again) FAIL(again.error().message());
    CHECK(*log.expired() > Position{60});
    CHECK(*log.head(StreamId::trusted("delivery-1")) == Version{120});
    REQUIRE(log.close());
    const auto checked = verify(disk, "store");
    REQUIRE(checked);
    CHECK(checked->findings.empty());
  }
}
