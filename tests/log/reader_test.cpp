// Readers in other processes.
#include <sys/wait.h>
#include <unistd.h>

#include "store_on_disk.hpp"

namespace reader_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

constexpr FileLogOptions reading{.mode = FileLogOptions::Mode::read_only};

// Follows the store until `wanted` events came, gapless; the exit code says whether they did.
int follow_until(StoreOnDisk& store, std::uint64_t wanted) {
  const auto log = store.try_open(reading);
  if (!log) return 1;
  for (std::uint64_t seen = 0; seen < wanted;) {
    if (!(*log)->wait_past(Position{seen}, {}, std::chrono::seconds{1})) return 2;
    const auto page = (*log)->read_all({.from = Position{seen + 1}});
    if (!page) return 2;
    for (const auto& recorded : page->events)
      if (recorded.position.value != ++seen || as_text(recorded.data) != "data") return 3;
  }
  return 0;
}

}  // namespace

TEST_CASE("a reading process sees what another appends, across segments") {
  StoreOnDisk store;
  auto log = store.open({.durability = Durability::on_close, .segment_bytes_max = small_segment});
  fill(*log, "delivery-1", 1, 3);
  const auto reader = ::fork();
  if (reader == 0) ::_exit(follow_until(store, 200));
  fill(*log, "delivery-1", 4, 197);
  int status = -1;
  ::waitpid(reader, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("a reader sees an append as soon as it is acknowledged, and writes nothing") {
  StoreOnDisk store;
  auto log = store.open({.segment_bytes_max = small_segment});
  FaultyFileSystem watched{store.disk};
  const auto opened = FileLog::open(watched, store.clock, store.path(), reading);
  REQUIRE(opened);
  const auto& reader = **opened;
  for (std::uint64_t i = 1; i <= 50; ++i) {
    fill(*log, "delivery-1", i, 1);
    REQUIRE(*reader.head() == Position{i});
  }
  CHECK(reader.read_stream(stream_named("delivery-1"))->events.size() == 50);
  CHECK(append(**opened, {event("delivery-1", 99)}).error().message() ==
        "read_only: append [" + store.path() + "]: the log is open for reading only: open it for writing");
  CHECK(watched.calls(FileCall::write) == 0);
  CHECK(watched.calls(FileCall::open) == 0);
  CHECK(watched.calls(FileCall::sync) == 0);
}

TEST_CASE("a reader does not go past what the writer has published") {
  StoreOnDisk store;
  auto log = store.open();
  fill(*log, "delivery-1", 1, 1);
  store.keep();
  fill(*log, "delivery-1", 2, 1);
  const auto segment = read_text(store.segment(1));
  log.reset();
  store.put_back();
  write_text(store.segment(1), segment);
  CHECK(*store.open(reading)->head() == Position{1});
}

TEST_CASE("after a restart of the machine a reader does not believe the old end") {
  StoreWithoutRoom store;
  auto log = store.open();
  fill(*log, "delivery-1", 1, 3);
  store.keep();
  log.reset();
  store.return_to_kept();
  store.files.set_boot_id("another run");
  SECTION("a torn last commit is not shown, and comes back as another") {
    std::filesystem::resize_file(store.segment(1), store.segment_size(1) - 1);
    const auto reader = store.open(reading);
    CHECK(*reader->head() == Position{2});
    log = store.open();
    fill(*log, "delivery-2", 1, 1);
    CHECK(*reader->head() == Position{3});
    CHECK(reader->read_all()->events.at(2).stream == "delivery-2");
  }
  SECTION("what is whole is shown") { CHECK(*store.open(reading)->head() == Position{3}); }
  SECTION("without a head file too") {
    std::filesystem::remove(store.file("head"));
    const auto reader = store.open(reading);
    CHECK(*reader->head() == Position{3});
    log = store.open();
    fill(*log, "delivery-2", 1, 1);
    CHECK(*reader->wait_past(Position{3}, {}, std::chrono::milliseconds{60'000}) == Position{4});
  }
}

TEST_CASE("a published end that the files do not reach is damage") {
  StoreWithoutRoom store;
  auto log = store.open();
  fill(*log, "delivery-1", 1, 3);
  std::filesystem::resize_file(store.segment(1), store.segment_size(1) - 8);
  const auto reader = store.open(reading);
  CHECK(reader->read_all()->events.size() == 2);
  const auto refused = reader->head(stream_named("delivery-1"));
  REQUIRE(code_of(refused) == Errc::corrupt_record);
  CHECK(refused.error().at == Position{3});
}

TEST_CASE("a reader without a writer sees the commits of a writer that came and went, and whose head was deleted") {
  StoreOnDisk store;
  fill(*store.open(), "delivery-1", 1, 3);
  store.files.set_boot_id("another run");
  std::filesystem::remove(store.file("head"));
  const auto reader = store.open(reading);
  CHECK(*reader->head() == Position{3});
  CHECK(*reader->head() == Position{3});
  fill(*store.open(), "delivery-1", 4, 2);
  std::filesystem::remove(store.file("head"));
  CHECK(*reader->head() == Position{5});
}

}  // namespace reader_test
