// A disk with a sector that cannot be read.
#include <eventstore/file_log/backup.hpp>
#include <eventstore/file_log/verify.hpp>

#include "hooked_file_system.hpp"
#include "store_on_disk.hpp"

namespace unreadable_sector_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

constexpr std::uint64_t sector_bytes = 4096;

/// Three segments, and a sector of one of them that cannot be read.
struct SectorStore : StoreWithoutRoom {
  HookedFileSystem hooked{disk};
  std::uint64_t count = 0;

  SectorStore() {
    const auto log = open({.segment_bytes_max = std::size_t{64} * 1024});
    const std::string data(900, 'x');
    while (segment_count() < 3 || segment_size(3) < 3 * sector_bytes)
      REQUIRE(append(*log, {event("delivery-1", ++count, data)}));
    REQUIRE(log->settle());
  }
  void lose_sector(int number, std::uint64_t sector) {
    hooked.before_read_at = [path = segment(number), at = sector * sector_bytes](
                                const std::string& read, std::uint64_t offset, std::size_t bytes) -> Result<void> {
      return read == path && offset < at + sector_bytes && at < offset + bytes ? failing_call(read) : Result<void>{};
    };
  }
};

}  // namespace

TEST_CASE("verification lists a sector that cannot be read, the events that it held, and goes on", "[sector]") {
  SectorStore store;
  const int number = GENERATE(1, 3);
  const bool is_published = GENERATE(true, false);
  if (!is_published) store.hooked.boot = "another run";
  store.lose_sector(number, 2);
  const auto report = verify(store.hooked, store.path(), {}, {});
  REQUIRE(report);
  REQUIRE(report->findings.size() >= 2);
  const auto& unreadable = report->findings.front();
  CHECK(unreadable.file == store.segment(number));
  CHECK(unreadable.offset == 2 * sector_bytes);
  CHECK_THAT(unreadable.what, Catch::Contains("the disk cannot read the bytes here (io_failed: "));
  const auto& lost = report->findings[1];
  CHECK(lost.first.value > 0);
  CHECK(lost.last >= lost.first);
  CHECK(report->events > store.count - 10);
  CHECK(report->events < store.count);
  CHECK(report->segments == 3);
}

TEST_CASE("a backup of a store with a sector that cannot be read fails, and names the file", "[sector]") {
  SectorStore store;
  store.lose_sector(2, 2);
  const auto made = backup(store.hooked, store.path(), store.disk, store.path() + "-backup", store.clock, {});
  REQUIRE(code_of(made) == Errc::io_failed);
  CHECK(made.error().where == store.segment(2));
}

TEST_CASE("a store whose last segment has a sector that cannot be read does not open, and loses nothing", "[sector]") {
  SectorStore store;
  store.remove_indexes();
  const bool is_published = GENERATE(true, false);
  if (!is_published) store.hooked.boot = "another run";
  store.lose_sector(3, 1);
  const auto options = GENERATE(FileLogOptions{}, FileLogOptions{.mode = SectorStore::Mode::read_only});
  const auto opened = FileLog::open(store.hooked, store.clock, store.path(), options);
  REQUIRE(code_of(opened) == Errc::io_failed);
  CHECK(opened.error().where == store.segment(3));
  store.hooked.before_read_at = [](const std::string&, std::uint64_t, std::size_t) { return Result<void>{}; };
  const auto log = *FileLog::open(store.hooked, store.clock, store.path(), {});
  CHECK(log->head()->value == store.count);
  CHECK(log->recovery().bytes_discarded == 0);
}

}  // namespace unreadable_sector_test
