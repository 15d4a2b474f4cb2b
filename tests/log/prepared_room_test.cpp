// What is written ahead of the log's end, so that a durable append need not make a file longer.
#include <cerrno>

#include "store_on_disk.hpp"

namespace prepared_room_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

constexpr std::size_t room = 10'000;

struct Prepared : StoreOnDisk {
  Prepared() { prepared_bytes = room; }
};

}  // namespace

TEST_CASE("a durable append writes room for those that follow") {
  Prepared store;
  auto log = store.open();
  fill(*log, "delivery-1", 1, 1);
  const auto size = store.segment_size(1);
  CHECK(size > room);
  fill(*log, "delivery-1", 2, 10);
  CHECK(store.segment_size(1) == size);
  fill(*log, "delivery-1", 12, 90);
  CHECK(store.segment_size(1) > size);
}

TEST_CASE("room that is there is used when the store is opened again, and is no damage") {
  Prepared store;
  fill(*store.open(), "delivery-1", 1, 2);
  const auto size = store.segment_size(1);
  auto log = store.open();
  CHECK(log->recovery().bytes_discarded == 0);
  fill(*log, "delivery-1", 3, 2);
  CHECK(store.segment_size(1) == size);
  CHECK(positions_of(*log->read_all()) == Numbers{1, 2, 3, 4});
  const auto reader = store.open({.mode = StoreOnDisk::Mode::read_only});
  CHECK(positions_of(*reader->read_all()) == Numbers{1, 2, 3, 4});
}

TEST_CASE("what was torn in prepared room is discarded, without the room") {
  Prepared store;
  {
    auto log = store.open();
    fill(*log, "delivery-1", 1, 2);
    store.keep();
  }
  store.return_to_kept();
  auto text = read_text(store.segment(1));
  const auto end = store.written_size(1);
  text[end - 1] = static_cast<char>(~text[end - 1]);
  write_text(store.segment(1), text);
  auto log = store.open();
  CHECK(log->recovery().bytes_discarded == end - log->recovery().offset);
  CHECK(*log->head() == Position{1});
  fill(*log, "delivery-1", 2, 1);
  CHECK(positions_of(*log->read_all()) == Numbers{1, 2});
}

TEST_CASE("room ends where the segment may end") {
  Prepared store;
  auto log = store.open({.segment_bytes_max = 4096});
  fill(*log, "delivery-1", 1, 1);
  CHECK(store.segment_size(1) == 4096);
  fill(*log, "delivery-1", 2, 60);
  REQUIRE(log->close());
  CHECK(store.segment_size(2) <= 4096);
  CHECK(store.open()->read_all()->events.size() == 61);
}

TEST_CASE("a commit so large that few more fit writes no room") {
  Prepared store;
  auto log = store.open();
  auto large = event("delivery-1", 1);
  const std::string data(room, 'x');
  large.data = as_bytes(data);
  REQUIRE(append(*log, {large}));
  CHECK(store.segment_size(1) < 2 * room);
  fill(*log, "delivery-1", 2, 1);
  CHECK(store.segment_size(1) > 2 * room);
}

TEST_CASE("a write that fails at zeros which are there already may have written the commit") {
  Prepared store;
  auto log = store.open();
  fill(*log, "delivery-1", 1, 1);
  auto ends_in_zeros = event("delivery-1", 2);
  const std::string data(100, '\0');
  ends_in_zeros.data = as_bytes(data);
  const auto size = store.segment_size(1);
  SECTION("with more than zeros missing it is refused, and is not there later") {
    store.files.fail(FileCall::write, 1, ENOSPC, 120);
    CHECK(code_of(append(*log, {ends_in_zeros})) == Errc::out_of_space);
    log.reset();
    store.files.heal();
    CHECK(*store.open()->head() == Position{1});
  }
  SECTION("with nothing but zeros missing the outcome is unknown, and it is there later") {
    store.files.fail(FileCall::write, 1, ENOSPC, 280);
    CHECK(code_of(append(*log, {ends_in_zeros})) == Errc::outcome_unknown);
    log.reset();
    store.files.heal();
    CHECK(*store.open()->head() == Position{2});
  }
  CHECK(store.segment_size(1) == size);
}

TEST_CASE("appends that promise nothing at once write no room") {
  Prepared store;
  auto log = store.open({.durability = Durability::on_close});
  fill(*log, "delivery-1", 1, 3);
  CHECK(store.segment_size(1) < room);
}

TEST_CASE("where there is no space for room, appends go on") {
  Prepared store;
  auto log = store.open();
  store.files.fail(FileCall::write, 2, ENOSPC, 100);  // the first is the commit
  REQUIRE(append(*log, {event("delivery-1", 1)}));
  store.files.heal();
  fill(*log, "delivery-1", 2, 100);
  REQUIRE(log->close());
  log = store.open();
  CHECK(log->recovery().bytes_discarded == 0);
  CHECK(log->read_all()->events.size() == 101);
}

}  // namespace prepared_room_test
