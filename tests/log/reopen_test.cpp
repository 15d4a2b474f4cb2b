#include <fstream>

#include "store_on_disk.hpp"

namespace reopen_test {

using namespace eventstore;
using namespace eventstore::laws;

TEST_CASE("a store is the same after it was closed and opened again") {
  StoreOnDisk store;
  auto log = store.open({.segment_bytes_max = small_segment});
  const SchemaRecord schema{SchemaId{id_of(1).uuid}, as_bytes("the descriptor")};
  for (std::uint64_t i = 0; i < 60; ++i) {
    auto made = event(i % 2 == 0 ? "delivery-1" : "delivery-2", i);
    made.schema = schema.id;
    const std::vector events{made};
    REQUIRE(log->append({.events = events, .schemas = {&schema, 1}}));
  }
  const auto checksum = *log->checksum_at(Position{60});
  const auto id = log->store_id();
  REQUIRE(log->close());
  CHECK(code_of(append(*log, {event("delivery-1", 99)})) == Errc::read_only);
  CHECK(log->read_all()->events.size() == 60);
  log.reset();

  log = store.open();
  CHECK(log->recovery().bytes_discarded == 0);
  CHECK(log->store_id() == id);
  CHECK(*log->checksum_at(Position{60}) == checksum);
  CHECK(*log->head(stream_named("delivery-2")) == Version{30});
  CHECK(as_text(*log->schema(schema.id)) == "the descriptor");
  auto again = event("delivery-1", 2);
  again.schema = schema.id;
  const auto receipt = append(*log, {again});
  REQUIRE(receipt);
  CHECK(receipt->already_there);
  CHECK(append(*log, {event("delivery-1", 99)})->events[0].position == Position{61});
}

TEST_CASE("each segment holds the descriptors that its events use") {
  StoreOnDisk store;
  auto log = store.open({.segment_bytes_max = small_segment});
  const SchemaRecord schema{SchemaId{id_of(1).uuid}, as_bytes("the descriptor")};
  for (std::uint64_t i = 0; i < 60; ++i) {
    auto made = event("delivery-1", i);
    made.schema = schema.id;
    const std::vector events{made};
    REQUIRE(log->append({.events = events, .schemas = {&schema, 1}}));
  }
  for (int number = 1; number <= 3; ++number) {
    const auto text = read_text(store.segment(number));
    const auto found = text.find("the descriptor");
    CHECK(found != std::string::npos);
    CHECK(text.find("the descriptor", found + 1) == std::string::npos);
  }
}

TEST_CASE("a commit larger than a segment gets one of its own size") {
  StoreOnDisk store;
  const std::string large(100'000, 'x');
  {
    auto log = store.open({.segment_bytes_max = small_segment});
    REQUIRE(append(*log, {event("delivery-1", 1)}));
    REQUIRE(append(*log, {event("delivery-1", 2, large)}));
    REQUIRE(append(*log, {event("delivery-1", 3)}));
  }
  auto log = store.open();
  const auto page = log->read_stream(stream_named("delivery-1"));
  REQUIRE(page->events.size() == 3);
  CHECK(as_text(page->events[1].data) == large);
}

TEST_CASE("only one process writes, and the other one is told who") {
  StoreOnDisk store;
  auto log = store.open();
  const auto refusal = store.refusal();
  CHECK(refusal.code == Errc::locked);
  CHECK(refusal.message() == "locked: open [" + store.path() + "]: process " + store.files.process_name() +
                                 " writes to this store; open it read-only, or end that process");
  CHECK(store.open({.mode = StoreOnDisk::Mode::read_only}));
  REQUIRE(log->close());
  CHECK(store.open());
}

TEST_CASE("what is not there is not made unless it was asked for") {
  StoreOnDisk store;
  const auto expected = "not_found: open [" + store.file("manifest") + "]: there is no store in this directory";
  CHECK(store.refusal({.mode = StoreOnDisk::Mode::read_only}).message() == expected);
  CHECK(store.refusal({.create_when_missing = false}).message() == expected);
  CHECK_FALSE(std::filesystem::exists(store.path()));
  std::filesystem::create_directories(store.path());
  CHECK(store.refusal({.create_when_missing = false}).message() == expected);
  CHECK(std::filesystem::is_empty(store.path()));
}

TEST_CASE("a store from a newer version is left alone") {
  StoreOnDisk store;
  store.open();
  const auto name = GENERATE(std::string{"manifest"}, std::string{"segments/0000000000000001.log"});
  auto text = read_text(store.file(name));
  text[8] = 2;
  write_text(store.file(name), text);
  const auto refusal = store.refusal();
  CHECK(refusal.code == Errc::newer_format);
  CHECK(refusal.message() ==
        "newer_format: open [" + store.file(name) + "]: written by a newer version of eventstore: use that version");
  CHECK(store.refusal({.mode = StoreOnDisk::Mode::read_only}).code == Errc::newer_format);
}

TEST_CASE("a damaged manifest is named") {
  StoreWithoutRoom store;
  store.open();
  flip_byte(store.file("manifest"), 30);
  CHECK(store.refusal().message() ==
        "corrupt_record: open [" + store.file("manifest") + "]: offset 0: the header's checksum does not match");
  write_text(store.file("manifest"), "ESSTORE1");
  CHECK(store.refusal().detail == "offset 0: the header is cut off");
}

TEST_CASE("a store that was cut off while it was made is made again") {
  StoreOnDisk store;
  store.open();
  std::filesystem::remove(store.file("manifest"));
  write_text(store.segment(2) + ".tmp", "half");
  CHECK(append(*store.open(), {event("delivery-1", 1)}));
  CHECK_FALSE(std::filesystem::exists(store.segment(2) + ".tmp"));
  CHECK(*store.open()->head() == Position{1});
}

TEST_CASE("opening and closing again does not make the store longer") {
  StoreWithoutRoom store;
  fill(*store.open(), "delivery-1", 1, 1);
  const auto size = store.segment_size(1);
  for (int i = 0; i < 3; ++i) store.open();
  CHECK(store.segment_size(1) == size);
}

TEST_CASE("a store that lost its manifest is not made anew") {
  StoreOnDisk store;
  fill(*store.open(), "delivery-1", 1, 1);
  std::filesystem::remove(store.file("manifest"));
  CHECK(store.refusal().message() == "corrupt_record: open [" + store.file("manifest") +
                                         "]: the file is missing, but there are segments with events");
  CHECK(std::filesystem::file_size(store.segment(1)) > 120);
}

}  // namespace reopen_test
