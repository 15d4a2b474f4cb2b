// What a file says about the events that were lost before it.
#include "sealed_store.hpp"

using namespace eventstore;
using namespace eventstore::laws;

namespace {

/// How many events the log has once the segment `number` says that its first event is at `position`, and the one before
/// has lost its last bytes.
std::uint64_t head_after(SealedStore& store, int number, std::uint64_t position) {
  std::filesystem::resize_file(store.segment(number - 1), store.segment_size(number - 1) - 100);
  auto bytes = read_text(store.segment(number));
  auto header = format::load<format::SegmentHeader>(Forger::pointer(bytes, 0));
  header.first_position = position;
  header.checksum = format::header_checksum(header);
  Forger::put(bytes, 0, header);
  write_text(store.segment(number), bytes);

  const auto report = store.check({});
  CHECK(report.findings.size() >= 2);
  const auto log = store.open({.mode = StoreOnDisk::Mode::read_only});
  CHECK(log->read_all()->events.size() > 1);
  return log->head()->value;
}

}  // namespace

TEST_CASE("a segment that says that more events were lost than the bytes before it have room for is not believed") {
  SealedStore store;
  SECTION("by a segment that an index is made of") {
    const auto most = SealedStore::events + format::events_most(store.segment_size(1));
    CHECK(head_after(store, 2, 1'000'000) <= most);
  }
  SECTION("by the last segment") {
    const auto most = 2 * SealedStore::events + format::events_in_segment_most;
    CHECK(head_after(store, static_cast<int>(store.segment_count()), 2 * most) <= most);
  }
}
