// A log whose writer closed it says so: it is opened without a sync. Every other log is made certain first.
#include <eventstore/testing/simulated_disk.hpp>

#include "../../src/log/files/published_end.hpp"
#include "hooked_file_system.hpp"
#include "store_on_disk.hpp"

namespace left_log_test {

using namespace eventstore;
using namespace eventstore::laws;
using engine::LeftLog;
using engine::PublishedEnd;
using engine::format::Location;

namespace {

/// Three events in one commit each, and a writer that closed the log.
struct LeftLogCase : StoreWithoutRoom {
  LeftLogCase() { fill(*open(), "delivery-1", 1, 3); }

  [[nodiscard]] int syncs() const { return files.calls(FileCall::sync) + files.calls(FileCall::sync_directory); }
  /// How many syncs it takes to open the log, which is closed again.
  int syncs_of_opening() {
    const auto before = syncs();
    const auto log = open();
    const auto after = syncs();
    CHECK(log->read_all()->events.size() >= 3);
    return after - before;
  }
  [[nodiscard]] std::string head() const { return read_text(file("head")); }
};

}  // namespace

TEST_CASE("a log that its writer closed is opened and closed again without a sync", "[left]") {
  LeftLogCase store;
  const auto before = store.syncs();
  for (int i = 0; i < 3; ++i) {
    const auto log = store.open();
    CHECK(positions_of(*log->read_all()) == Numbers{1, 2, 3});
    CHECK(log->close());
  }
  CHECK(store.syncs() == before);
  fill(*store.open(), "delivery-1", 4, 4);
  CHECK(store.syncs_of_opening() == 0);
}

TEST_CASE("a log that may have changed since it was closed is made certain when it is opened", "[left]") {
  LeftLogCase store;
  SECTION("its writer did not come to closing it") {
    auto log = store.open();
    store.keep();
    log.reset();
    store.put_back();
  }
  SECTION("its writer appended and did not come to closing it") {
    auto log = store.open();
    fill(*log, "delivery-1", 4, 4);
    store.keep();
    log.reset();
    store.put_back();
  }
  SECTION("the machine was started again") { store.files.set_boot_id("another run"); }
  SECTION("the file head was deleted") { std::filesystem::remove(store.file("head")); }
  SECTION("the file head is of an earlier time") {
    const auto head = store.head();
    fill(*store.open(), "delivery-1", 4, 4);
    write_text(store.file("head"), head);
  }
  SECTION("the file head is of another history of the same length") {
    store.keep();
    REQUIRE(append(*store.open(), {event("delivery-1", 4, "left")}));
    const auto head = store.head();
    const auto size = store.segment_size(1);
    store.put_back();
    REQUIRE(append(*store.open(), {event("delivery-1", 5, "gone")}));
    REQUIRE(store.segment_size(1) == size);
    write_text(store.file("head"), head);
  }
  CHECK(store.syncs_of_opening() > 0);
  CHECK(store.syncs_of_opening() == 0);
}

TEST_CASE("where the system does not tell when it was started, every log is made certain", "[left]") {
  LeftLogCase store;
  HookedFileSystem untold{store.disk};
  untold.boot = {};
  int syncs = 0;
  untold.before_sync = [&](const std::string&) {
    ++syncs;
    return Result<void>{};
  };
  for (int i = 1; i <= 2; ++i) {
    REQUIRE(FileLog::open(untold, store.clock, store.path(), {}));
    CHECK(syncs == i);
  }
}

TEST_CASE("a log whose last sync failed is made certain when it is opened", "[left]") {
  LeftLogCase store;
  {
    auto log = store.open();
    store.files.fail(FileCall::sync, 1, EIO);
    CHECK(code_of(append(*log, {event("delivery-1", 4)})) == Errc::outcome_unknown);
    CHECK_FALSE(log->close());
    store.files.heal();
  }
  CHECK(store.syncs_of_opening() > 0);
}

TEST_CASE("a closing mark that never reached the disk takes no later commit with it", "[left]") {
  const FileLogOptions options{.prepared_bytes = 0, .background_work = false};
  const std::string segment = "store/segments/0000000000000001.log";
  bool was_mark_missing = false;
  // The mark begins at every place of a sector, and so does the commit behind it, perhaps in the next sector.
  for (std::uint64_t seed = 1; seed <= 128; ++seed) {
    CAPTURE(seed);
    SimulatedDisk disk{{.seed = seed, .loss = Loss::everything}};
    ManualClock clock{noon};
    {
      const auto log = FileLog::open(disk, clock, "store", options);
      fill(**log, "delivery-1", 1, 2);
      REQUIRE(append(**log, {event("delivery-1", 3, std::string(8 * seed, 'x'))}));
    }
    // A sync of another program fails: the system takes the mark for written.
    disk.fail(FileCall::sync, 1, EIO);
    CHECK_FALSE((*disk.open(segment, OpenMode::write))->sync_data());
    disk.heal();
    was_mark_missing = was_mark_missing || disk.on_disk(segment)->size() < disk.cached(segment)->size();
    {
      auto log = FileLog::open(disk, clock, "store", options);
      REQUIRE(log);
      REQUIRE(append(**log, {event("delivery-1", 4)}));
      disk.cut_power();
    }
    disk.restart();
    auto log = FileLog::open(disk, clock, "store", options);
    REQUIRE(log);
    CHECK(positions_of(*(*log)->read_all()) == Numbers{1, 2, 3, 4});
  }
  CHECK(was_mark_missing);
}

TEST_CASE("index files that were deleted from a closed log come back with the next append", "[left]") {
  StoreOnDisk store;
  const FileLogOptions options{.segment_bytes_max = small_segment};
  fill(*store.open(options), "delivery-1", 1, 60);
  const auto index = store.file("segments/0000000000000002.idx");
  const auto bytes = read_text(index);
  REQUIRE_FALSE(bytes.empty());
  std::filesystem::remove(index);
  {
    const auto log = store.open(options);
    CHECK(log->close());
    CHECK(log->settle());  // another process may write by now
  }
  CHECK_FALSE(std::filesystem::exists(index));
  {
    const auto log = store.open(options);
    CHECK(log->read_all({.limit = 100})->events.size() == 60);
    fill(*log, "delivery-1", 61, 61);
  }
  CHECK(read_text(index) == bytes);
}

TEST_CASE("what a writer said when it closed a log is taken back by the next one", "[left]") {
  TemporaryDirectory directory;
  PosixFileSystem files;
  const auto open = [&] { return *PublishedEnd::open_to_publish(files, directory.file("head"), {}); };
  CHECK_FALSE(open().left());
  open().leave({Location{1, 200}, Location{1, 296}, 7});
  const auto next = open();
  REQUIRE(next.left());
  CHECK(next.left()->synced == Location{1, 200});
  CHECK(next.left()->end == Location{1, 296});
  CHECK(next.left()->checksum == 7);
  next.begin();
  CHECK_FALSE(open().left());
  next.leave({Location{1, 300}, Location{1, 296}, 7});  // no writer says so
  CHECK_FALSE(open().left());
}

}  // namespace left_log_test
