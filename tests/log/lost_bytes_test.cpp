// Files that become shorter, as sectors that cannot be read any more, while a process has them mapped.
#include <thread>

#include "store_on_disk.hpp"

namespace lost_bytes_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

using Mode = FileLogOptions::Mode;
constexpr std::uint64_t count = 400;
const StreamId stream = stream_named("delivery-1");
const std::string data(300, 'x');

/// Finished segments of some 60 events each, with index files, and a tail; all of it was read once.
struct ReadStore : StoreWithoutRoom {
  static constexpr FileLogOptions options{.segment_bytes_max = 32768, .background_work = false};
  std::unique_ptr<FileLog> log;

  explicit ReadStore(Mode mode) {
    log = open(options);
    for (std::uint64_t id = 1; id <= count; ++id) REQUIRE(append(*log, {event(stream.text(), id, data)}));
    REQUIRE(log->settle());
    if (mode == Mode::read_only) {
      log.reset();
      log = open({.mode = Mode::read_only});
    }
    REQUIRE(seen() == count);
  }
  void cut(const std::string& path, std::size_t bytes) const { std::filesystem::resize_file(path, bytes); }
  /// How many events are right, one by one; the others must be errors.
  [[nodiscard]] std::uint64_t seen() const {
    std::uint64_t right = 0;
    for (std::uint64_t id = 1; id <= count; ++id) {
      const auto found = log->find(stream, id_of(id));
      const auto read = log->read_all({.from = Position{id}, .limit = 1});
      for (const auto* const page : {&found, &read})
        if (!*page) {
          const auto code = page->error().code;
          CHECK((code == Errc::corrupt_record || code == Errc::io_failed));
        }
      if (!found || !read) continue;
      REQUIRE(as_text(found->events[0].data) == data);
      REQUIRE(read->events[0].id == id_of(id));
      ++right;
    }
    return right;
  }
};

}  // namespace

TEST_CASE("events that a segment has lost are errors, and the others are read", "[lost_bytes]") {
  const ReadStore store{GENERATE(Mode::read_write, Mode::read_only)};
  store.cut(store.segment(2), 16384);
  const auto page = store.log->read_all({.limit = no_limit});
  const auto again = store.log->read_all({.limit = no_limit});
  CHECK((!page || page->events.size() < count));
  CHECK((!again || again->events.size() < count));
  (void)store.seen();  // pages that are met for the first time fail a read that might have been right
  const auto right = store.seen();
  CHECK(right < count - 10);
  CHECK(right > count - 60);
}

TEST_CASE("events that the growing segment has lost are errors, and no retry of them is a new event", "[lost_bytes]") {
  const ReadStore store{Mode::read_write};
  const auto number = static_cast<int>(store.segment_count());
  const auto last = store.segment(number);
  store.cut(last, 0);
  const auto retry = [&] { return append(*store.log, {event(stream.text(), count, data)}); };
  CHECK_FALSE(retry());
  CHECK_FALSE(retry());
  (void)store.seen();
  CHECK(store.seen() < count);
}

TEST_CASE("index files that were cut under an open log are made again", "[lost_bytes]") {
  const ReadStore store{GENERATE(Mode::read_write, Mode::read_only)};
  for (const auto& entry : std::filesystem::recursive_directory_iterator{store.path()})
    if (entry.path().extension() == ".idx" || entry.path().extension() == ".tbl")
      std::filesystem::resize_file(entry.path(), 0);
  std::uint64_t right = 0;
  for (int tries = 0; tries < 50 && right < count; ++tries) right = store.seen();
  CHECK(right == count);
  CHECK(store.log->read_all({.limit = no_limit, .filter = {.type = "Happened"}})->events.size() == count);
}

TEST_CASE("a published end that was cut ends neither writer nor reader, and both go on", "[lost_bytes]") {
  StoreOnDisk store;
  const auto log = store.open();
  REQUIRE(append(*log, {event("delivery-1", 1)}));
  const auto reader = store.open({.mode = Mode::read_only});
  CHECK(*reader->head() == Position{1});
  std::filesystem::resize_file(store.file("head"), GENERATE(std::size_t{0}, std::size_t{100}));
  for (std::uint64_t id = 2; id < 100; ++id) REQUIRE(append(*log, {event("delivery-1", id)}));
  std::this_thread::sleep_for(std::chrono::milliseconds{1100});
  CHECK(*reader->head() == Position{99});
  REQUIRE(append(*log, {event("delivery-1", 100)}));
  CHECK(*reader->head() == Position{100});
  CHECK(*store.open({.mode = Mode::read_only})->head() == Position{100});
}

}  // namespace lost_bytes_test
