#pragma once
// Events of a made-up log, some of them lost, from a seed; and the indexes of a stretch of them.
#include <catch2/catch.hpp>
#include <eventstore/log/event_log.hpp>
#include <random>

#include "log/index/segment_index_builder.hpp"
#include "log/index/table_builder.hpp"
#include "log/index/table_merge.hpp"

namespace eventstore::test {

using namespace engine;

struct SampleEvent {
  std::string stream;
  std::string type;
  std::string organization;
  RecordedEvent event;  // its texts are those above
  format::Location location{};
  bool is_lost = false;
  bool has_outcome = false;  ///< of a command, before it and with its id

  [[nodiscard]] std::optional<format::OutcomeView> outcome() const {
    if (!has_outcome) return std::nullopt;
    return format::OutcomeView{.stream = stream, .organization = organization, .command_id = event.id.uuid};
  }
};

inline format::Location outcome_location(const SampleEvent& made) { return format::Location{made.location.value - 80}; }

struct SampleLog {
  std::vector<SampleEvent> events;

  SampleLog(std::uint64_t seed, std::size_t count, std::size_t events_a_segment, bool with_damage = true,
            bool with_outcomes = false)
      : events(count) {
    std::mt19937_64 random{seed};
    std::map<std::string, std::uint64_t> versions;
    const auto streams = 1 + random() % 40;
    for (std::size_t i = 0; i < count; ++i) {
      auto& made = events[i];
      const auto stream = random() % streams;
      made.stream =
          (stream % 3 == 0 ? "campaign-" : "delivery-") + std::string(stream % 20, 'x') + std::to_string(stream / 2);
      made.organization = stream % 4 == 0 ? "south" : "north";
      made.type = random() % 3 == 0 ? "Closed" : "Created";
      made.event.version = Version{++versions[made.stream]};
      made.event.position = Position{i + 1};
      for (auto& octet : made.event.id.uuid.octets) octet = static_cast<std::uint8_t>(random());
      made.location = {static_cast<std::uint32_t>(1 + i / events_a_segment),
                       static_cast<std::uint32_t>(120 + i % events_a_segment * 200)};
      made.is_lost = with_damage && random() % 10 < (i / 16 % 4 == 0 ? 5U : 0U);
      made.has_outcome = with_outcomes && made.event.id.uuid.octets[0] % 4 == 0;
      made.event.stream = made.stream;
      made.event.type = made.type;
      made.event.organization = made.organization;
    }
  }
};

using Stretch = std::span<const SampleEvent>;

inline IndexIdentity identity_of(Stretch events) {
  IndexIdentity identity;
  identity.store_id.octets.fill(7);
  identity.first_segment = events.empty() ? 1 : events.front().location.segment();
  identity.last_segment = events.empty() ? 1 : events.back().location.segment();
  identity.generation = identity.last_segment + 5;
  identity.end = events.empty() ? 4096 : events.back().location.offset() + 200;
  identity.last_checksum = identity.end * 31U;
  identity.is_finished = true;
  return identity;
}

inline Bytes segment_index_bytes(Stretch events) {
  SegmentIndexBuilder builder{Hashing::of_store(identity_of(events).store_id)};
  for (const auto& made : events) {
    if (made.is_lost)
      builder.skip(1);
    else
      builder.add(made.event, made.location.offset());
  }
  builder.add_schema(SchemaId{Uuid{{9}}}, 4000);
  const SegmentExtent extent{events.empty() ? Position{1} : events.front().event.position, Timestamp{-5},
                             Timestamp{70}};
  auto made = builder.finish(identity_of(events), extent);
  REQUIRE(made);
  return std::move(*made);
}

/// The hashing of the store that identity_of names.
inline Hashing sample_hashing() { return Hashing::of_store(identity_of({}).store_id); }

inline Bytes table_bytes(Stretch events, const Hashing& hashing = sample_hashing()) {
  TableBuilder builder{hashing};
  for (const auto& made : events) {
    if (const auto outcome = made.outcome()) builder.add(*outcome, outcome_location(made));
    if (!made.is_lost) builder.add(made.event, made.location);
  }
  auto made = builder.finish(identity_of(events));
  REQUIRE(made);
  return std::move(*made);
}

inline std::shared_ptr<const SegmentIndex> open_segment_index(Bytes bytes) {
  auto opened = SegmentIndex::of(std::move(bytes), "1.idx");
  if (!opened) FAIL(opened.error().message());
  return std::move(*opened);
}

inline std::shared_ptr<const Table> open_table(Bytes bytes) {
  auto opened = Table::of(std::move(bytes), "1-1.tbl");
  if (!opened) FAIL(opened.error().message());
  return std::move(*opened);
}

}  // namespace eventstore::test
