// A reader beside a writer: what it indexed itself gives way to the writer's index files.
#include "log/reader.hpp"

#include <filesystem>

#include "../store_on_disk.hpp"

using namespace eventstore;
using namespace eventstore::laws;

namespace {

constexpr FileLogOptions small{
    .durability = Durability::on_close, .segment_bytes_max = small_segment, .background_work = false};

struct Beside : StoreOnDisk {
  std::unique_ptr<FileLog> writer = open(small);
  StoreFiles store{files, path()};
  ReadSide read_side;
  LogIndex index{read_side};
  Reader reader{store, index, store.read_manifest()->store_id};

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
  log.append_and_follow(1, 100);
  log.remove_indexes();
  log.append_and_follow(101, 20);
  log.remove_indexes();
  log.check_all(120);
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
