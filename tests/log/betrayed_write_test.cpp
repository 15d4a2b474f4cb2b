// A disk that says that a write is done, and has lost it or put it elsewhere: nothing is missing without a word.
#include <eventstore/file_log/verify.hpp>
#include <eventstore/testing/simulated_disk.hpp>

#include "store_on_disk.hpp"

namespace betrayed_write_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

constexpr std::uint64_t events = 40;

/// Some segments of events, with every commit synced, and a log that was closed. False where there were fewer writes.
bool work(SimulatedDisk& disk, const Clock& clock, std::uint64_t betrayed, Betrayal how) {
  const auto files_before = disk.changes();
  disk.betray_write(betrayed, how);
  auto log = FileLog::open(disk, clock, "store",
                           {.segment_bytes_max = small_segment, .prepared_bytes = 0, .background_work = false});
  REQUIRE(log);
  for (std::uint64_t id = 1; id <= events; ++id)
    REQUIRE(append(**log, {event("delivery-1", id, std::string(300 + id * 7, 'x'))}));
  REQUIRE((*log)->close());
  return betrayed <= disk.changes() - files_before;
}

/// The number of events that are read; nothing where an error says that there are more.
std::optional<std::size_t> events_read(const FileLog& log) {
  std::size_t count = 0;
  for (Position from{1};;) {
    const auto page = log.read_all({.from = from, .limit = 10});
    if (!page) return std::nullopt;
    for (const auto& recorded : page->events) {
      CHECK(recorded.id == id_of(++count));
      CHECK(recorded.data.size() == 300 + count * 7);
    }
    if (page->at_end) return count;
    from = Position{page->next};
  }
}

}  // namespace

TEST_CASE("what a disk has lost though it said that it was written is told", "[betrayed]") {
  const auto how = GENERATE(Betrayal::lost, Betrayal::misdirected);
  bool was_betrayed = true;
  int told = 0;
  for (std::uint64_t nth = 1; was_betrayed; ++nth) {
    CAPTURE(how, nth);
    SimulatedDisk disk{{.loss = Loss::nothing}};
    ManualClock clock{noon};
    was_betrayed = work(disk, clock, nth, how);
    disk.cut_power();
    disk.restart();
    const auto report = verify(disk, "store");
    const auto reader = FileLog::open(disk, clock, "store", {.mode = FileLogOptions::Mode::read_only});
    const auto count = reader ? events_read(**reader) : std::nullopt;
    if (count == events) continue;
    ++told;
    CHECK_FALSE(count);
    CHECK((!report || !report->findings.empty()));
  }
  CHECK(told > 30);
}

}  // namespace betrayed_write_test
