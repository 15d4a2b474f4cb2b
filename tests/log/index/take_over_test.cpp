// A reader beside a writer: what it indexed itself gives way to the writer's index files.
#include "log/follower/reader.hpp"

#include <filesystem>

#include "../store_on_disk.hpp"

using namespace eventstore;
using namespace eventstore::engine;
using namespace eventstore::laws;

namespace {

constexpr FileLogOptions small{
    .durability = Durability::on_close, .segment_bytes_max = small_segment, .background_work = false};

struct Beside : StoreOnDisk {
  std::unique_ptr<FileLog> writer = open(small);
  StoreFiles store{files, path()};
  ReadSide read_side;
  LogIndex index{read_side};
  const Uuid store_id = store.read_manifest()->store_id;
  Reader reader{store, index, store_id};

  Beside() { index.hash_by(Hashing::of_store(store_id)); }

  void append_and_follow(std::uint64_t first, std::uint64_t count) {
    for (auto id = first; id < first + count; ++id) {
      fill(*writer, "delivery-" + std::to_string(id % 7), id, 1);
      REQUIRE(reader.refresh());
    }
  }
  void check_all(std::uint64_t count) {
    CHECK(positions_of(*read_side.read_all({.limit = count + 1})).size() == count);
    for (std::uint64_t id = 1; id <= count; ++id)
      CHECK(read_side.find(stream_named("delivery-" + std::to_string(id % 7)), id_of(id))->events[0].position ==
            Position{id});
  }
};

std::size_t files_open() {
  const std::filesystem::directory_iterator descriptors{"/proc/self/fd"};
  return static_cast<std::size_t>(std::distance(begin(descriptors), end(descriptors)));
}

}  // namespace

TEST_CASE("a reader that stays open keeps the index of a few segments in memory, however many the writer fills") {
  Beside log;
  log.append_and_follow(1, 800);
  REQUIRE(log.segment_count() > 40);
  CHECK(log.index.view().tails.size() < 8);
  CHECK(log.index.view().tables.size() < 12);
  log.check_all(800);
}

TEST_CASE("a reader that stays open holds as many files open after many segments as after few") {
  Beside log;
  log.append_and_follow(1, 100);
  const auto before = files_open();
  log.append_and_follow(101, 400);
  CHECK(files_open() <= before);
}

TEST_CASE("a reader goes on by itself where the writer's index files are not there") {
  Beside log;
  for (std::uint64_t id = 1; id <= 300; ++id) {
    log.append_and_follow(id, 1);
    log.remove_indexes();
  }
  log.check_all(300);
}

TEST_CASE("a reader that stays open keeps little in memory also where the writer drops segments") {
  Beside log;
  for (std::uint64_t first = 1; first <= 801; first += 100) {
    log.append_and_follow(first, 100);
    log.clock.advance_seconds(3600);
    REQUIRE(
        log.writer->retain({.action = RetentionPolicy::Action::drop, .before = log.clock.now().plus_seconds(-5400)}));
  }
  log.append_and_follow(901, 100);
  const auto& view = log.index.view();
  CHECK(view.expired_last() > Position{700});
  CHECK(view.tails.size() < 8);
  CHECK(view.segments.size() < 16);
  const auto all = log.read_side.read_all({.from = view.expired_last().next(), .limit = 1000});
  REQUIRE(all);
  CHECK(all->events.size() == 1000 - view.expired_last().value);
  CHECK(code_of(log.read_side.read_all({.from = Position{1}})) == Errc::expired);
}

TEST_CASE("a page that was read before index files were taken over stays as it was") {
  Beside log;
  log.append_and_follow(1, 50);
  const auto page = *log.read_side.read_all({.limit = 50});
  const auto before = positions_of(page);
  log.append_and_follow(51, 300);
  CHECK(positions_of(page) == before);
  CHECK(page.events[7].stream == "delivery-1");
}
