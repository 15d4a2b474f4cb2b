// Torn tails are discarded and reported; proven history that is damaged is never passed over.
#include "store_on_disk.hpp"

namespace recovery_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

// A store as a crash leaves it after three commits, of which the last may be torn.
struct Crashed : StoreWithoutRoom {
  std::size_t last_begin = 0;
  std::size_t last_end = 0;

  Crashed() {
    auto log = open();
    fill(*log, "delivery-1", 1, 2);
    last_begin = segment_size(1);
    REQUIRE(append(*log, {event("delivery-1", 3), event("delivery-2", 3)}));
    last_end = segment_size(1);
    keep();
  }

  void expect_last_commit_gone() {
    const auto bytes_discarded = std::max(written_size(1), last_begin) - last_begin;
    {
      auto log = open();
      CHECK(log->recovery().bytes_discarded == bytes_discarded);
      if (bytes_discarded > 0) {
        CHECK(log->recovery().file == segment(1));
        CHECK(log->recovery().offset == last_begin);
        CHECK(log->recovery().after == Position{2});
        CHECK_FALSE(log->recovery().reason.empty());
      }
      REQUIRE(*log->head() == Position{2});
      const auto appended = append(*log, {event("delivery-1", 3), event("delivery-2", 3)});
      REQUIRE(appended);
      CHECK_FALSE(appended->already_there);
    }
    auto log = open();
    CHECK(log->recovery().bytes_discarded == 0);
    CHECK(positions_of(*log->read_all()) == Numbers{1, 2, 3, 4});
  }
};

}  // namespace

TEST_CASE("a last commit cut off at any byte is discarded whole") {
  Crashed store;
  for (auto cut = store.last_begin; cut < store.last_end; ++cut) {
    CAPTURE(cut);
    store.return_to_kept();
    std::filesystem::resize_file(store.segment(1), cut);
    store.expect_last_commit_gone();
  }
}

TEST_CASE("a last commit with any byte changed is discarded whole") {
  Crashed store;
  for (auto at = store.last_begin; at < store.last_end; ++at) {
    CAPTURE(at);
    store.return_to_kept();
    flip_byte(store.segment(1), at);
    store.expect_last_commit_gone();
  }
}

TEST_CASE("a whole last commit survives although nobody closed the store") {
  Crashed store;
  store.return_to_kept();
  auto log = store.open();
  CHECK(log->recovery().bytes_discarded == 0);
  CHECK(*log->head() == Position{4});
  CHECK(append(*log, {event("delivery-1", 3), event("delivery-2", 3)})->already_there);
}

TEST_CASE("space that was prepared but not written is no damage") {
  Crashed store;
  store.return_to_kept();
  std::filesystem::resize_file(store.segment(1), store.last_end + 10'000);
  auto log = store.open();
  CHECK(log->recovery().bytes_discarded == 0);
  CHECK(append(*log, {event("delivery-1", 9)})->events[0].position == Position{5});
  CHECK_FALSE(std::filesystem::exists(store.segment(2)));
}

TEST_CASE("damage before what was proven durable is corrupt, never discarded") {
  StoreWithoutRoom store;
  std::size_t second = 0;
  {
    auto log = store.open();
    fill(*log, "delivery-1", 1, 1);
    second = store.segment_size(1);
    fill(*log, "delivery-1", 2, 3);
  }
  flip_byte(store.segment(1), second + 100);
  const auto before = read_text(store.segment(1));
  const auto place = "corrupt_record: read [" + store.segment(1) + "] at position 2: offset " + std::to_string(second) +
                     ": a record's checksum does not match";
  CHECK(store.refusal().message() ==
        place + "; later commits prove that it was whole: restore a backup, or open read-only to read the rest");
  CHECK(read_text(store.segment(1)) == before);

  const auto reader = store.open({.mode = StoreOnDisk::Mode::read_only});
  const auto page = reader->read_all();
  CHECK(positions_of(*page) == Numbers{1});
  CHECK_FALSE(page->at_end);
  CHECK(reader->read_all({.from = Position{2}}).error().message() == place);
  CHECK(code_of(reader->read_stream(stream_named("delivery-1"), {.from = Version{2}})) == Errc::corrupt_record);
  CHECK(code_of(reader->head(stream_named("delivery-1"))) == Errc::corrupt_record);
}

TEST_CASE("damage in what nobody was promised is discarded with all that follows") {
  StoreWithoutRoom store;
  std::size_t second = 0;
  {
    auto log = store.open({.durability = Durability::on_close});
    fill(*log, "delivery-1", 1, 1);
    second = store.segment_size(1);
    fill(*log, "delivery-1", 2, 3);
    store.keep();
  }
  store.return_to_kept();
  flip_byte(store.segment(1), second);
  auto log = store.open();
  CHECK(*log->head() == Position{1});
  CHECK(log->recovery().bytes_discarded == store.written_size(1) - second);
  CHECK(log->recovery().reason == "the commit's header is damaged");
}

TEST_CASE("damage in a finished segment fails what needs it, and nothing else") {
  StoreWithoutRoom store;
  {
    auto log = store.open({.segment_bytes_max = small_segment});
    fill(*log, "delivery-early", 1, 2);
    for (std::uint64_t i = 10; i < 50; ++i) fill(*log, i % 2 == 0 ? "delivery-even" : "delivery-odd", i, 1);
  }
  const auto id = id_of(14).uuid;  // at position 7
  const auto as_stored = std::string_view{reinterpret_cast<const char*>(id.octets.data()), id.octets.size()};
  flip_byte(store.segment(1), read_text(store.segment(1)).find(as_stored));
  const bool has_index = GENERATE(true, false);
  if (!has_index) store.remove_indexes();
  const auto log = store.open();
  CHECK(positions_of(*log->read_all()) == Numbers{1, 2, 3, 4, 5, 6});
  const auto refused = log->read_all({.from = Position{7}});
  REQUIRE(code_of(refused) == Errc::corrupt_record);
  CHECK(refused.error().at == Position{7});
  CHECK(refused.error().where == store.segment(1));
  CHECK(refused.error().detail.starts_with("offset "));
  CHECK(log->read_all({.from = Position{8}, .limit = 100})->events.size() == 35);
  CHECK(versions_of(*log->read_stream(stream_named("delivery-even"))) == Numbers{1, 2});
  CHECK(code_of(log->read_stream(stream_named("delivery-even"), {.from = Version{3}})) == Errc::corrupt_record);
  CHECK(versions_of(*log->read_stream(stream_named("delivery-even"), {.from = Version{19}})) == Numbers{19, 20});
  CHECK(log->read_stream(stream_named("delivery-odd"))->events.size() == 20);
  CHECK(append(*log, {event("delivery-odd", 99)}));
  CHECK(versions_of(*log->read_stream(stream_named("delivery-early"), {.limit = 1})) == Numbers{1});
  if (has_index) {
    CHECK(*log->head(stream_named("delivery-early")) == Version{2});
    CHECK(code_of(log->info(stream_named("delivery-unheard"))) == Errc::not_found);
    CHECK(append(*log, {event("delivery-early", 98)}));
    return;
  }
  // Nothing says that the damage holds no event of a stream that was not written to again.
  CHECK(code_of(log->head(stream_named("delivery-early"))) == Errc::corrupt_record);
  CHECK(code_of(log->info(stream_named("delivery-unheard"))) == Errc::corrupt_record);
  CHECK(code_of(log->streams("", "", 9)) == Errc::corrupt_record);
  CHECK(code_of(append(*log, {event("delivery-early", 98)})) == Errc::corrupt_record);
}

TEST_CASE("a finished segment that is missing or headless is damage, not an end") {
  StoreWithoutRoom store;
  {
    auto log = store.open({.segment_bytes_max = small_segment});
    fill(*log, "delivery-1", 1, 70);
  }
  const bool is_missing = GENERATE(true, false);
  if (is_missing)
    std::filesystem::remove(store.segment(2));
  else
    flip_byte(store.segment(2), 20);
  const auto log = store.open();
  CHECK(*log->head() == Position{70});
  const auto first = log->read_all({.limit = 1000});
  const auto refused = log->read_all({.from = Position{first->next}});
  REQUIRE(code_of(refused) == Errc::corrupt_record);
  CHECK(refused.error().where == store.segment(2));
  CHECK(versions_of(*log->read_stream(stream_named("delivery-1"), {.from = Version{70}})) == Numbers{70});
}

TEST_CASE("a log that ends before what this run of the machine acknowledged is not opened for writing") {
  StoreWithoutRoom store;
  {
    auto log = store.open();
    fill(*log, "delivery-1", 1, 3);
  }
  std::filesystem::resize_file(store.segment(1), store.segment_size(1) - 300);
  const auto refused = store.refusal();
  CHECK(refused.code == Errc::corrupt_record);
  CHECK(refused.detail.find("acknowledged events are missing") == 0);
  CHECK(refused.detail.find("up to position 3") != std::string::npos);
}

}  // namespace recovery_test
