#include <rapidcheck.h>

#include <atomic>
#include <thread>

#include "sample_log.hpp"

using namespace eventstore;
using namespace eventstore::test;

namespace {

std::vector<std::uint32_t> ordinals_in(const Matches& matches) {
  std::vector<std::uint32_t> ordinals(static_cast<std::size_t>(matches.count()));
  matches.next(0, ordinals);
  return ordinals;
}

std::vector<std::uint32_t> admitted(Stretch events, const Filter& filter) {
  std::vector<std::uint32_t> ordinals;
  for (std::uint32_t i = 0; i < events.size(); ++i)
    if (!events[i].is_lost && filter.admits(events[i].event)) ordinals.push_back(i);
  return ordinals;
}

}  // namespace

TEST_CASE("a segment's index gives back its identity, extent, offsets and schemas") {
  const SampleLog log{1, 300, 300};
  const auto index = open_segment_index(segment_index_bytes(log.events));
  CHECK(index->identity() == identity_of(log.events));
  CHECK(index->count() == 300);
  CHECK(index->extent().first_position == Position{1});
  CHECK(index->extent().first_recorded_at == Timestamp{-5});
  CHECK(index->extent().last_recorded_at == Timestamp{70});
  const auto offsets = index->offsets(10, 290);
  REQUIRE(offsets);
  for (std::size_t i = 10; i < 300; ++i)
    REQUIRE((*offsets)[i - 10] == (log.events[i].is_lost ? 0 : log.events[i].location.offset()));
  const auto schemas = index->schemas();
  REQUIRE(schemas);
  REQUIRE(schemas->size() == 1);
  CHECK(schemas->front().id == Uuid{{9}});
  CHECK(schemas->front().offset == 4000);
  CHECK(index->offsets(300, 0));
  CHECK(index->offsets(299, 2).error().code == Errc::invalid_argument);
  CHECK(index->offsets(~std::uint64_t{0}, 2).error().code == Errc::invalid_argument);
}

TEST_CASE("the matches of a filter are the events that it admits") {
  REQUIRE(rc::check([] {
    const SampleLog log{*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::inRange<std::size_t>(0, 400), 1000};
    const auto index = open_segment_index(segment_index_bytes(log.events));
    for (const char* category : {"", "delivery", "campaign", "deliver", "delivery-x"})
      for (const char* type : {"", "Created", "Closed", "Opened"})
        for (const char* organization : {"", "north", "south", "nort"}) {
          const Filter filter{category, type, organization};
          const auto matches = index->matches(filter);
          RC_ASSERT(matches.has_value());
          // A category has no '-': where a caller asks for one that has, there is none.
          const auto expected =
              std::string_view{category} == "delivery-x" ? std::vector<std::uint32_t>{} : admitted(log.events, filter);
          RC_ASSERT(ordinals_in(**matches) == expected);
        }
  }));
}

TEST_CASE("the lost stretches are where events are lost") {
  const SampleLog log{7, 200, 1000};
  const auto index = open_segment_index(segment_index_bytes(log.events));
  const auto lost = index->lost();
  REQUIRE(lost);
  std::vector<bool> is_lost(200);
  for (const auto& range : *lost)
    for (std::uint32_t i = 0; i < range.count; ++i) is_lost[range.first + i] = true;
  for (std::size_t i = 0; i < 200; ++i) REQUIRE(is_lost[i] == log.events[i].is_lost);
}

TEST_CASE("matches that were given stay the same ones as long as they are kept") {
  const SampleLog log{2, 100, 100, false};
  const auto index = open_segment_index(segment_index_bytes(log.events));
  const Filter filter{"delivery", "Created", "north"};
  CHECK(*index->matches(filter) == *index->matches(filter));
}

TEST_CASE("threads that read an index at once read the same") {
  const SampleLog log{4, 20'000, 20'000};
  const auto index = open_segment_index(segment_index_bytes(log.events));
  const auto expected = admitted(log.events, {"delivery", "Closed", "north"});
  std::atomic<int> agreeing{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      const auto matches = index->matches({"delivery", "Closed", "north"});
      const auto offsets = index->offsets(0, index->count());
      if (matches && offsets && ordinals_in(**matches) == expected) ++agreeing;
    });
  for (auto& thread : threads) thread.join();
  CHECK(agreeing == 4);
}

TEST_CASE("a segment's index has the bytes that version 1 always had") {
  const SampleLog log{31, 24, 100};
  CHECK(format::checksum_of(segment_index_bytes(log.events)) == 0x4498'C978'4F22'13EE);
}

TEST_CASE("the same events make the same bytes, and lost ones are counted together") {
  const SampleLog log{3, 500, 500};
  CHECK(segment_index_bytes(log.events) == segment_index_bytes(log.events));
  SegmentIndexBuilder one_by_one{sample_hashing()};
  SegmentIndexBuilder together{sample_hashing()};
  for (int i = 0; i < 3; ++i) one_by_one.skip(1);
  together.skip(3);
  CHECK(*one_by_one.finish({}, {}) == *together.finish({}, {}));
}
