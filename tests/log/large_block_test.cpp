// A disk that loses what stands beside a write when the power fails: what the log does not promise then, and what it
// does. docs/reference/guarantees.md
#include <eventstore/testing/simulated_disk.hpp>

#include "store_on_disk.hpp"

namespace large_block_test {

using namespace eventstore;
using namespace eventstore::laws;

TEST_CASE("a disk that loses the neighbours of a write takes only events of the block that was written", "[blocks]") {
  constexpr std::size_t block_bytes = 4096;
  bool were_some_lost = false;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    SimulatedDisk disk{{.seed = seed, .loses_neighbours = true}};
    ManualClock clock{noon};
    const FileLogOptions options{.prepared_bytes = 0, .background_work = false};
    const std::string data(300, 'x');
    std::size_t begin = 0;           // where the first event of the present block begins
    std::uint64_t before_block = 0;  // events before it
    std::uint64_t acknowledged = 0;
    {
      auto log = *FileLog::open(disk, clock, "store", options);
      const auto size = [&] { return disk.cached("store/segments/0000000000000001.log")->size(); };
      disk.cut_power_after(40 + seed);
      for (std::uint64_t id = 1; disk.is_running(); ++id) {
        const auto at = size();
        if (at / block_bytes != begin / block_bytes) before_block = acknowledged;
        begin = at;
        if (append(*log, {event("delivery-1", id, data)})) acknowledged = id;
      }
    }
    disk.restart();
    const auto log = FileLog::open(disk, clock, "store", options);
    // The first block also has the segment's header, and what stands behind a block may prove that it was on the disk.
    if (!log) {
      CHECK(log.error().code == Errc::corrupt_record);
      continue;
    }
    const auto there = (*log)->read_all({.limit = 1000})->events.size();
    // The event at the block's border stands in both blocks.
    CHECK(there + 1 >= before_block);
    CHECK(there <= acknowledged + 1);
    were_some_lost = were_some_lost || there < acknowledged;
  }
  CHECK(were_some_lost);
}

}  // namespace large_block_test
