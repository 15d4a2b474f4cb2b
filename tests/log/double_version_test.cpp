// A log in which a stream has two events of one version, as a writer with a fault could leave it.
#include "../../src/log/bytes/commit_writer.hpp"
#include "../../src/log/files/commit_reader.hpp"
#include "store_on_disk.hpp"

namespace double_version_test {

using namespace eventstore;
using namespace eventstore::engine;
using namespace eventstore::laws;

namespace {

// Writes an event of `version` behind the last commit, right by all checksums.
void write_event(StoreOnDisk& store, const Uuid& store_id, Version version) {
  const StoreFiles files{store.disk, store.path()};
  const auto segment = *files.open_segment(1, store_id, OpenMode::write);
  CommitReader commits{*segment, ~std::uint64_t{0}};
  for (auto commit = commits.next(); commit && !commit->empty(); commit = commits.next()) continue;
  const auto& end = commits.end();
  const std::vector events{event("delivery-1", 1000)};
  const std::vector<Placed> placed{{version, Position{end.next_position}}};
  Bytes bytes;
  encode_commit({.events = events}, placed, {},
                {.store_fold = format::fold(store_id),
                 .location = format::Location{1, static_cast<std::uint32_t>(end.offset)},
                 .generation = 1,
                 .first_position = end.next_position,
                 .recorded_at = end.recorded_at,
                 .previous_checksum = end.chain},
                bytes);
  REQUIRE(write_all(*segment->file(), end.offset, bytes));
}

}  // namespace

TEST_CASE("a log with two events of one version opens read-only, and names the place", "[double_version]") {
  StoreWithoutRoom store;
  auto log = store.open();
  fill(*log, "delivery-1", 1, 3);
  const auto store_id = log->store_id();
  log.reset();
  store.files.set_boot_id("another run");
  SECTION("the version that comes next is no fault") {
    write_event(store, store_id, Version{4});
    CHECK(*store.open()->head(stream_named("delivery-1")) == Version{4});
  }
  SECTION("an earlier one is") {
    write_event(store, store_id, Version{3});
    const auto refusal = store.refusal();
    CHECK(refusal.code == Errc::corrupt_record);
    CHECK(refusal.where == store.segment(1));
    CHECK(refusal.at == Position{4});
    CHECK_THAT(refusal.detail,
               Catch::Contains("stream delivery-1 has a second event of version 3; restore a backup, or "
                               "open read-only and export the events"));
    const auto reader = store.open({.mode = StoreOnDisk::Mode::read_only});
    CHECK(reader->read_all()->events.size() == 4);
    CHECK(*reader->head(stream_named("delivery-1")) == Version{3});
  }
}

}  // namespace double_version_test
