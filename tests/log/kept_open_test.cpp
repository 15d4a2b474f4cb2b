// Reads keep few files mapped, however many segments they go through.
#include <fstream>

#include "store_on_disk.hpp"

namespace kept_open_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

constexpr std::uint64_t events = 600;

std::size_t maps_of(const std::string& directory) {
  std::ifstream maps{"/proc/self/maps"};
  std::size_t count = 0;
  for (std::string line; std::getline(maps, line);)
    if (line.find(directory) != std::string::npos) ++count;
  return count;
}

/// Reads everything in small pages, in every way, and gives the largest number of maps that there were.
std::size_t most_maps(const FileLog& log, const std::string& directory) {
  std::size_t most = 0;
  std::uint64_t count = 0;
  const auto read_pages = [&](const Filter& filter) {
    for (Position from{1};;) {
      const auto page = log.read_all({.from = from, .limit = 3, .filter = filter});
      if (!page) FAIL(page.error().message());
      most = std::max(most, maps_of(directory));
      for (const auto& recorded : page->events) {
        CHECK(recorded.data.size() == 700);
        ++count;
      }
      if (page->at_end) return;
      from = Position{page->next};
    }
  };
  read_pages({});
  CHECK(count == events);
  count = 0;
  read_pages({.category = "delivery"});
  CHECK(count == events);
  for (std::uint64_t id = 1; id <= events; id += 7) {
    const auto found = log.find(StreamId::trusted("delivery-" + std::to_string(id % 3)), id_of(id));
    if (!found) FAIL(found.error().message());
    most = std::max(most, maps_of(directory));
  }
  return most;
}

}  // namespace

TEST_CASE("a writer keeps few of the segments mapped that it finishes one after another", "[kept_open]") {
  constexpr std::size_t maps_most = 24;
  StoreOnDisk store;
  const auto log =
      store.open({.durability = Durability::on_close, .segment_bytes_max = small_segment, .maps_most = maps_most});
  const std::string data(3000, 'x');
  std::size_t most = 0;
  for (std::uint64_t id = 1; id <= 300; ++id) {
    REQUIRE(append(*log, {event("delivery-1", id, data)}));
    most = std::max(most, maps_of(store.path()));
  }
  CHECK(store.segment_count() > 250);
  CHECK(most < 5 * maps_most);
}

TEST_CASE("reads of many segments keep few files mapped", "[kept_open]") {
  constexpr std::size_t maps_most = 24;
  StoreOnDisk store;
  {
    const auto log = store.open({.durability = Durability::on_close, .segment_bytes_max = small_segment});
    const std::string data(700, 'x');
    const SchemaRecord schema{SchemaId{Uuid::v5(Uuid{}, "Happened{}")}, as_bytes("Happened{}")};
    for (std::uint64_t id = 1; id <= events; ++id) {
      auto one = event("delivery-" + std::to_string(id % 3), id, data);
      one.schema = schema.id;
      REQUIRE(log->append({.events = {&one, 1}, .schemas = {&schema, 1}}));
    }
    REQUIRE(log->settle());
  }
  REQUIRE(store.segment_count() > 100);
  const auto mode = GENERATE(StoreOnDisk::Mode::read_only, StoreOnDisk::Mode::read_write);
  CHECK(most_maps(*store.open({.mode = mode}), store.path()) > 100);
  const auto log = store.open({.mode = mode, .maps_most = maps_most});
  // Each segment has the schemas that its events have.
  CHECK(log->schemas()->size() == 1);
  CHECK(maps_of(store.path()) < 3 * maps_most);
  // A page and a look-up may open some more before it is noticed, and the thread that merges tables has its own.
  CHECK(most_maps(*log, store.path()) < 3 * maps_most);
  const auto held = log->read_all({.limit = 10});
  // The held page keeps what was open with it.
  CHECK(most_maps(*log, store.path()) < 4 * maps_most);
  REQUIRE(held->events.size() == 10);
  for (std::uint64_t id = 1; id <= 10; ++id) CHECK(held->events[id - 1].id == id_of(id));
}

}  // namespace kept_open_test
