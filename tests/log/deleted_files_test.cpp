// Files that an administrator may delete, replace or put back from a copy while processes run.
#include <future>
#include <thread>

#include "hooked_file_system.hpp"
#include "store_on_disk.hpp"

namespace deleted_files_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

constexpr FileLogOptions reading{.mode = FileLogOptions::Mode::read_only};
constexpr std::chrono::milliseconds patience{20'000};

Position head_of(const FileLog& log) { return log.head() ? *log.head() : Position{0}; }

}  // namespace

TEST_CASE("a reader goes on after the file of the published end was deleted between two writers", "[deleted]") {
  StoreOnDisk store;
  auto writer = store.open();
  fill(*writer, "delivery-1", 1, 1);
  const auto reader = store.open(reading);
  CHECK(*reader->head() == Position{1});
  writer.reset();
  std::filesystem::remove(store.file("head"));
  writer = store.open();
  fill(*writer, "delivery-1", 2, 49);
  CHECK(*reader->wait_past(Position{49}, {}, patience) == Position{50});
}

TEST_CASE("a running writer makes the deleted file of the published end again", "[deleted]") {
  StoreOnDisk store;
  auto writer = store.open();
  fill(*writer, "delivery-1", 1, 2);
  const auto reader = store.open(reading);
  CHECK(*reader->head() == Position{2});
  SECTION("deleted") { std::filesystem::remove(store.file("head")); }
  SECTION("replaced by bytes that are no such file") {
    std::filesystem::remove(store.file("head"));
    write_text(store.file("head"), "what is this");
  }
  SECTION("put back from a copy") {
    std::filesystem::copy_file(store.file("head"), store.file("head.copy"));
    fill(*writer, "delivery-1", 3, 1);
    std::filesystem::rename(store.file("head.copy"), store.file("head"));
  }
  const auto before = head_of(*writer);
  CHECK(*store.open(reading)->wait_past(Position{before.value - 1}, {}, patience) == before);
  fill(*writer, "delivery-2", 10, 1);
  CHECK(*reader->wait_past(before, {}, patience) == before.next());
  CHECK(head_of(*store.open(reading)) == before.next());
}

TEST_CASE("without the file of the published end a new reader sees no commit that is not acknowledged", "[deleted]") {
  StoreOnDisk store;
  HookedFileSystem hooked{store.disk};
  auto writer = *FileLog::open(hooked, store.clock, store.path(), {});
  fill(*writer, "delivery-1", 1, 2);
  std::atomic<bool> is_waiting{false};
  std::atomic<bool> is_held{true};
  hooked.before_sync = [&](const std::string&) -> Result<void> {
    is_waiting = true;
    is_held.wait(true);
    return {};
  };
  std::filesystem::remove(store.file("head"));
  auto appended = std::async(std::launch::async, [&] { return append(*writer, {event("delivery-1", 3)}); });
  while (!is_waiting) std::this_thread::yield();
  CHECK(head_of(*store.open(reading)) == Position{2});
  is_held = false;
  is_held.notify_all();
  CHECK(appended.get());
  CHECK(head_of(*store.open(reading)) == Position{3});
}

TEST_CASE("a second writer is refused after the lock's file was deleted", "[deleted]") {
  StoreOnDisk store;
  auto writer = store.open();
  fill(*writer, "delivery-1", 1, 1);
  std::filesystem::remove(store.file("lock"));
  SECTION("and is told that somebody writes") {
    CHECK(store.refusal().message() == "locked: open [" + store.path() +
                                           "]: another process, whose file `lock` was deleted, writes to this store; "
                                           "open it read-only, or end that process");
  }
  SECTION("or replaced") { std::filesystem::copy_file(store.file("manifest"), store.file("lock")); }
  CHECK(store.refusal().code == Errc::locked);
  CHECK(append(*writer, {event("delivery-1", 2)}));
  REQUIRE(writer->close());
  CHECK(*store.open()->head() == Position{2});
}

TEST_CASE("a running writer makes the lock's deleted file again, with its name", "[deleted]") {
  StoreOnDisk store;
  auto writer = store.open();
  fill(*writer, "delivery-1", 1, 1);
  std::filesystem::remove(store.file("lock"));
  while (!std::filesystem::exists(store.file("lock")) || read_text(store.file("lock")).empty())
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  CHECK(store.refusal().message() == "locked: open [" + store.path() + "]: process " + store.files.process_name() +
                                         " writes to this store; open it read-only, or end that process");
}

TEST_CASE("a reader is not led astray by a published end that a file holds by accident", "[deleted]") {
  StoreOnDisk store;
  const auto writer = store.open({.segment_bytes_max = small_segment});
  fill(*writer, "delivery-1", 1, 30);
  // By docs/reference/file-format.md.
  constexpr std::size_t end_at = 40;
  constexpr std::size_t last_at = 48;
  const auto write_head = [&](std::size_t at, std::uint64_t number) {
    std::fstream file{store.file("head"), std::ios::binary | std::ios::in | std::ios::out};
    file.seekp(static_cast<std::streamoff>(at));
    file.write(reinterpret_cast<const char*>(&number), sizeof number);
  };
  const auto number_of_last = store.segment_count();
  write_head(last_at, ~std::uint64_t{0});
  SECTION("in a segment that is not there") {
    write_head(end_at, ~std::uint64_t{0});
    const auto opened = store.try_open({.mode = StoreOnDisk::Mode::read_only});
    REQUIRE(code_of(opened) == Errc::corrupt_record);
    CHECK(opened.error().where == store.file("head"));
    CHECK(opened.error().detail ==
          "it names an end in a segment that is not there: delete it, and open the store for writing");
  }
  SECTION("behind the last event") {
    write_head(end_at, std::uint64_t{number_of_last} << 32U | 4000U);
    const auto reader = store.open({.mode = StoreOnDisk::Mode::read_only});
    CHECK(*reader->head() > Position{30});
    CHECK(*reader->head() < Position{80});
    CHECK(reader->read_all({.limit = 1000})->events.size() == 30);
    CHECK(code_of(reader->read_all({.from = Position{31}})) == Errc::corrupt_record);
  }
}

TEST_CASE("without a segment its events are errors, however many there were, and the others are read", "[deleted]") {
  StoreOnDisk store;
  fill(*store.open({.segment_bytes_max = small_segment}), "delivery-1", 1, 40);
  const auto small_segments = store.segment_count();
  fill(*store.open({.segment_bytes_max = std::size_t{1} << 18}), "delivery-1", 41, 1600);
  REQUIRE(store.segment_count() == small_segments + 2);
  const auto large = static_cast<int>(small_segments) + 1;
  REQUIRE(store.segment_size(large) > 10 * store.segment_size(1));
  std::filesystem::remove(store.segment(large));
  std::filesystem::remove_all(store.file("tables"));
  std::filesystem::remove(store.file("catalog"));
  for (const auto& name : std::filesystem::directory_iterator{store.file("segments")})
    if (name.path().extension() == ".idx") std::filesystem::remove(name.path());
  const auto reader = store.open({.mode = StoreOnDisk::Mode::read_only});
  CHECK(*reader->head() == Position{1640});
  CHECK(code_of(reader->read_all({.from = Position{1000}})) == Errc::corrupt_record);
  const auto rest = reader->read_all({.from = Position{1600}, .limit = 100});
  REQUIRE(rest);
  CHECK(rest->events.front().id == id_of(1600));
  CHECK(rest->events.back().position == Position{1640});
}

}  // namespace deleted_files_test
