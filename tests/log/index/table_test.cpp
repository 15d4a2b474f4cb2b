#include <rapidcheck.h>

#include <set>

#include "sample_log.hpp"

using namespace eventstore;
using namespace eventstore::test;

namespace {

struct ModelStream {
  std::string organization;
  std::uint64_t first_version = 0;
  Position first;
  Position last;
  std::vector<format::Location> locations;
};

std::map<std::string, ModelStream> model_of(Stretch events) {
  std::map<std::string, ModelStream> streams;
  for (const auto& made : events) {
    if (made.is_lost) continue;
    auto& stream = streams[made.stream];
    if (stream.locations.empty()) {
      stream.first_version = made.event.version.value;
      stream.first = made.event.position;
      stream.organization = made.organization;
    }
    stream.locations.resize(made.event.version.value - stream.first_version);
    stream.locations.push_back(made.location);
    stream.last = made.event.position;
  }
  return streams;
}

void check_streams(const Table& table, const std::map<std::string, ModelStream>& model) {
  RC_ASSERT(table.stream_count() == model.size());
  std::uint64_t rank = 0;
  for (const auto& [name, stream] : model) {
    const auto found = table.find(name);
    RC_ASSERT(found.has_value() && found->has_value());
    const auto& entry = **found;
    RC_ASSERT(entry.name == name);
    RC_ASSERT(entry.organization == stream.organization);
    RC_ASSERT(entry.rank == rank);
    RC_ASSERT(entry.first.value == stream.first_version);
    RC_ASSERT(entry.last.value == stream.first_version + stream.locations.size() - 1);
    RC_ASSERT(entry.first_position == stream.first);
    RC_ASSERT(entry.last_position == stream.last);
    const auto locations = table.locations(entry, entry.first, stream.locations.size());
    RC_ASSERT(locations.has_value());
    RC_ASSERT(std::equal(locations->begin(), locations->end(), stream.locations.begin(), stream.locations.end()));
    RC_ASSERT(table.entry_by_rank(rank)->name == name);
    RC_ASSERT(*table.lower_bound(name) == rank);
    RC_ASSERT(*table.lower_bound(name + '\0') == rank + 1);
    ++rank;
  }
}

}  // namespace

TEST_CASE("a table finds what a map finds") {
  REQUIRE(rc::check([] {
    const SampleLog log{*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::inRange<std::size_t>(0, 500), 1000};
    const auto table = open_table(table_bytes(log.events));
    check_streams(*table, model_of(log.events));
    for (int i = 0; i < 200; ++i) RC_ASSERT(!table->find("delivery-absent-" + std::to_string(i))->has_value());
  }));
}

TEST_CASE("an event's id leads to its location, and others to none") {
  const SampleLog log{5, 3000, 3000};
  const auto table = open_table(table_bytes(log.events));
  std::size_t false_ones = 0;
  for (const auto& made : log.events) {
    const auto candidates = table->candidates(made.stream, made.event.id.uuid);
    REQUIRE(candidates);
    REQUIRE(candidates->size() == (made.is_lost ? 0 : 1));
    if (!made.is_lost) REQUIRE(candidates->front().location == made.location);
    false_ones += table->candidates("delivery-other", made.event.id.uuid)->size();
  }
  CHECK(false_ones == 0);
}

TEST_CASE("an event and the outcome of a command with its id are told apart") {
  const SampleLog log{5, 3000, 3000, true, true};
  const auto table = open_table(table_bytes(log.events));
  std::size_t outcomes = 0;
  for (const auto& made : log.events) {
    const auto candidates = *table->candidates(made.stream, made.event.id.uuid);
    REQUIRE(candidates.size() == (made.is_lost ? 0U : 1U) + (made.has_outcome ? 1U : 0U));
    for (const auto& candidate : candidates) {
      REQUIRE(candidate.record() == (candidate.is_outcome() ? outcome_location(made) : made.location));
      outcomes += candidate.is_outcome() ? 1 : 0;
    }
  }
  CHECK(outcomes > 100);
  CHECK(table->id_count() > outcomes);
}

TEST_CASE("events whose hash is the same are all candidates, in the order of the log") {
  SampleLog log{6, 20, 100, false};
  for (auto& made : log.events) made.event.stream = "delivery-1";
  for (std::size_t i = 0; i < log.events.size(); ++i) {
    log.events[i].event.version = Version{i + 1};
    log.events[i].event.id = log.events[i % 4].event.id;
  }
  const auto table = open_table(table_bytes(log.events));
  const auto candidates = table->candidates("delivery-1", log.events[2].event.id.uuid);
  REQUIRE(candidates);
  REQUIRE(candidates->size() == 5);
  for (std::size_t i = 0; i < 5; ++i) CHECK((*candidates)[i].location == log.events[2 + 4 * i].location);
}

TEST_CASE("a table has the bytes that its version always had") {
  const SampleLog log{31, 24, 100};
  CHECK(format::checksum_of(table_bytes(log.events, Hashing{})) == 0x292E'F72A'955D'28B4);
  CHECK(format::checksum_of(table_bytes(log.events)) == 0xB596'88DE'F3AB'8F3C);
}

TEST_CASE("a table of version 1 gives the same as one whose hashes have a seed") {
  const SampleLog log{32, 500, 500, true, true};
  const auto old = open_table(table_bytes(log.events, Hashing{}));
  const auto seeded = open_table(table_bytes(log.events));
  CHECK(old->file().version() == 1);
  CHECK(seeded->file().version() == 2);
  for (const auto& made : log.events) {
    // As the log asks: with the hash by the store's own hashing.
    const auto stream = sample_hashing().name(made.stream);
    const auto id = sample_hashing().id(stream, made.event.id.uuid);
    const auto found = *old->find(made.stream, stream);
    const auto also = *seeded->find(made.stream, stream);
    REQUIRE(found.has_value() == also.has_value());
    if (found) REQUIRE(found->rank == also->rank);
    const auto candidates = *old->candidates(made.stream, made.event.id.uuid, id);
    REQUIRE(std::ranges::equal(candidates, *seeded->candidates(made.stream, made.event.id.uuid, id), {},
                               &format::IdEntry::location, &format::IdEntry::location));
  }
}

TEST_CASE("ids that are chosen to have one hash without a seed have many with one") {
  // The second half undoes what the first half did.
  const auto stream = Hashing{}.name("delivery-1");
  std::set<std::uint64_t> unseeded;
  std::set<std::uint64_t> seeded;
  const auto hashing = sample_hashing();
  for (std::uint64_t a = 1; a <= 1000; ++a) {
    const auto mixed = (a ^ stream) * 0x9E37'79B9'7F4A'7C15;
    const std::array<std::uint64_t, 2> halves{a, mixed ^ mixed >> 32};
    const Uuid id{std::bit_cast<std::array<std::uint8_t, 16>>(halves)};
    unseeded.insert(Hashing{}.id(stream, id));
    seeded.insert(hashing.id("delivery-1", id));
  }
  CHECK(unseeded.size() == 1);
  CHECK(seeded.size() == 1000);
}

TEST_CASE("versions and ranks that a table does not have are refused") {
  const SampleLog log{8, 50, 50, false};
  const auto table = open_table(table_bytes(log.events));
  const auto entry = table->entry_by_rank(0);
  REQUIRE(entry);
  const auto count = entry->last.value - entry->first.value + 1;
  CHECK(table->locations(*entry, entry->first, count + 1).error().code == Errc::invalid_argument);
  CHECK(table->locations(*entry, Version{0}, 1).error().code == Errc::invalid_argument);
  CHECK(table->locations(*entry, entry->last.next(), 0));
  CHECK(table->entry_by_rank(table->stream_count()).error().code == Errc::invalid_argument);
}

TEST_CASE("versions that do not follow one another make no table") {
  SampleLog log{9, 2, 50, false};
  for (auto& made : log.events) made.event.stream = "delivery-1";
  const auto code_for = [&](std::uint64_t first, std::uint64_t second) {
    log.events[0].event.version = Version{first};
    log.events[1].event.version = Version{second};
    TableBuilder builder{sample_hashing()};
    for (const auto& made : log.events) builder.add(made.event, made.location);
    const auto made = builder.finish({});
    return made ? std::nullopt : std::optional{made.error().code};
  };
  CHECK(code_for(4, 5) == std::nullopt);
  CHECK(code_for(4, 4) == Errc::corrupt_record);
  CHECK(code_for(4, 3) == Errc::corrupt_record);
  CHECK(code_for(0, 1) == Errc::corrupt_record);
  // Between positions 1 and 2 no version can have been lost.
  CHECK(code_for(4, 6) == Errc::corrupt_record);
  CHECK(code_for(1, ~std::uint64_t{0}) == Errc::corrupt_record);
}
