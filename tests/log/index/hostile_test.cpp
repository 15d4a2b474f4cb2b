// Index files whose checksums all fit, and that name places of no events, or of other ones. Checksums keep nobody from
// making such files. The log makes them again, and reads on.
#include "../store_on_disk.hpp"
#include "fuzz/repair.hpp"
#include "log/index/index_format.hpp"
#include "log/index/segment_index.hpp"
#include "log/index/table_format.hpp"

using namespace eventstore;
using namespace eventstore::engine;
using namespace eventstore::laws;
using Layout = format::SegmentIndexLayout;

namespace {

constexpr FileLogOptions reading{.mode = FileLogOptions::Mode::read_only};

/// Two finished segments with index files, and ways to write numbers into these.
struct HostileStore : StoreOnDisk {
  HostileStore() {
    const auto log = open({.segment_bytes_max = small_segment});
    const std::string data(300, 'x');
    for (std::uint64_t id = 0; segment_count() < 3; ++count) REQUIRE(append(*log, {event("delivery-1", ++id, data)}));
    REQUIRE(log->settle());
  }
  std::uint64_t count = 0;

  [[nodiscard]] std::string index() const { return file("segments/0000000000000001.idx"); }
  [[nodiscard]] std::string table() const { return file("tables/0000000000000001-0000000000000001.tbl"); }

  /// Writes `number` over the element `i` of a section.
  template <class Number>
  static void put(const std::string& path, std::uint64_t magic, std::size_t section, std::size_t i, Number number) {
    auto text = read_text(path);
    Bytes bytes{as_bytes(text).begin(), as_bytes(text).end()};
    const auto header = format::load<format::IndexHeader>(bytes.data());
    REQUIRE(header.sections[section].bytes >= (i + 1) * sizeof number);
    std::memcpy(bytes.data() + header.sections[section].offset + i * sizeof number, &number, sizeof number);
    fuzz::repair_index(bytes, magic);
    write_text(path, as_text(bytes));
  }
};

// All pages from `first` on: damage that is met within a page ends it, and is mended by the next read.
template <class Read> std::vector<RecordedEvent> all_of(Read read) {
  std::vector<RecordedEvent> events;
  for (std::uint64_t next = 1; true;) {
    const Result<Page> page = read(next);
    if (!page) FAIL(page.error().message());
    for (const auto& event : page->events) events.push_back(event);
    next = page->next;
    if (page->at_end) return events;
  }
}

void check_reads(const FileLog& log, std::uint64_t count) {
  const auto stream = stream_named("delivery-1");
  const auto all = all_of([&](std::uint64_t from) { return log.read_all({.from = Position{from}}); });
  REQUIRE(all.size() == count);
  const auto filtered = all_of(
      [&](std::uint64_t from) { return log.read_all({.from = Position{from}, .filter = {.type = "Happened"}}); });
  REQUIRE(filtered.size() == count);
  const auto versions = all_of([&](std::uint64_t from) { return log.read_stream(stream, {.from = Version{from}}); });
  REQUIRE(versions.size() == count);
  for (std::uint64_t id = 1; id <= count; ++id) {
    REQUIRE(all[id - 1].position == Position{id});
    REQUIRE(filtered[id - 1].position == Position{id});
    REQUIRE(versions[id - 1].version == Version{id});
    const auto found = log.find(stream, id_of(id));
    if (!found) FAIL(found.error().message());
    REQUIRE(found->events.front().version == Version{id});
  }
  REQUIRE(log.info(stream)->first == Position{1});
}

}  // namespace

TEST_CASE("an index that names a place of no event, or of another one, is made again", "[hostile]") {
  HostileStore store;
  const auto second = GENERATE(std::uint32_t{0xFFFF'FFFF}, 0x7FFF'FFF8U, 4096U, 64U, 121U);
  const auto element = GENERATE(std::size_t{0}, std::size_t{1});
  HostileStore::put(store.index(), format::segment_index_magic, Layout::offsets, element, second);
  check_reads(*store.open(reading), store.count);
  const auto log = store.open();
  check_reads(*log, store.count);
  CHECK(append(*log, {event("delivery-1", 1000)}));
}

TEST_CASE("an index that names the events in another order is made again", "[hostile]") {
  HostileStore store;
  const auto header = format::load<format::IndexHeader>(as_bytes(read_text(store.index())).data());
  const auto text = read_text(store.index());
  std::uint32_t other = 0;
  std::memcpy(&other, text.data() + header.sections[Layout::offsets].offset + 4 * sizeof other, sizeof other);
  HostileStore::put(store.index(), format::segment_index_magic, Layout::offsets, 2, other);
  check_reads(*store.open(reading), store.count);
}

TEST_CASE("a table that names a place of no event, or of another one, is made again", "[hostile]") {
  HostileStore store;
  const auto place = GENERATE(format::Location{0x7FFF'FFFF, 120}, format::Location{0, 120}, format::Location{1, 4096},
                              format::Location{2, 120}, format::Location{1, 121}, format::Location{1, 0xFFFF'FFF8});
  SECTION("for a version") {
    HostileStore::put(store.table(), format::table_magic, format::TableLayout::locations, 1, place.value);
  }
  SECTION("for an event id") {
    for (std::size_t i = 0; i < 3; ++i)
      HostileStore::put(store.table(), format::table_magic, format::TableLayout::ids, 2 * i + 1, place.value);
  }
  check_reads(*store.open(reading), store.count);
  const auto log = store.open();
  check_reads(*log, store.count);
  CHECK(append(*log, {event("delivery-1", 1000)}));
}

TEST_CASE("the index of the segment that grows is believed no more than others", "[hostile]") {
  StoreOnDisk store;
  std::uint64_t count = 0;
  {
    const auto log = store.open({.durability = Durability::on_close, .segment_bytes_max = 1 << 20});
    const std::string data(300, 'x');
    while (count < 1000) REQUIRE(append(*log, {event("delivery-1", ++count, data)}));
  }
  const auto place = GENERATE(std::uint32_t{(1 << 20) - 4096}, 0x7FFF'FFF8U, 72U);
  HostileStore::put(store.file("segments/0000000000000001.idx"), format::segment_index_magic, Layout::offsets, 0,
                    place);
  check_reads(*store.open(reading), count);
  check_reads(*store.open(), count);
}
