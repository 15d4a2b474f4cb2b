#include <bench/data.hpp>

#include <fmt/format.h>

#include <array>
#include <cstring>
#include <eventstore/log/metadata.hpp>

namespace bench {
namespace {

constexpr std::size_t growing_streams = 1000;
constexpr std::size_t metadata_variants = 64;

std::array<std::string, type_count> make_type_names() {
  std::array<std::string, type_count> names;
  for (std::size_t i = 0; i < type_count; ++i) names[i] = fmt::format("DeliveryChanged{:02}", i);
  return names;
}

// Random bytes, of which every payload is a window: nothing that an engine could compress.
const eventstore::Bytes& payload_pool() {
  static const eventstore::Bytes pool = [] {
    eventstore::Bytes bytes(std::size_t{1} << 16);
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
      const auto word = mix(i);
      std::memcpy(bytes.data() + i, &word, sizeof word);
    }
    return bytes;
  }();
  return pool;
}

const std::array<eventstore::Bytes, metadata_variants>& metadata_pool() {
  static const auto pool = [] {
    std::array<eventstore::Bytes, metadata_variants> made;
    constexpr std::size_t tag_bytes = 5;
    for (std::size_t i = 0; i < made.size(); ++i) {
      eventstore::Metadata metadata;
      metadata.user_id = fmt::format("{:0>{}}", fmt::format("user-{:x}", mix(i)), metadata_bytes - tag_bytes);
      eventstore::encode_tagged(metadata, made[i]);
    }
    return made;
  }();
  return pool;
}

StreamId stream_name(std::uint32_t salt, std::size_t number) {
  const auto bits = mix(number * 65537 + salt);
  return StreamId::trusted(
      fmt::format("delivery-org-{:04}-{:08x}-{:04x}-{:08}", bits % 1000, bits >> 32, salt, number));
}

}  // namespace

std::uint64_t mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

std::string_view type_name(std::size_t type) {
  static const auto names = make_type_names();
  return names[type];
}

History::History(std::size_t event_count, std::uint32_t salt) : salt_{salt} {
  struct Growing {
    std::uint32_t stream;
    std::uint64_t left;
  };
  std::vector<Growing> growing;
  places_.reserve(event_count);
  const auto open_stream = [&] {
    const auto number = static_cast<std::uint32_t>(streams_.size());
    streams_.push_back(stream_name(salt, number));
    heads_.push_back(0);
    return Growing{number, 1 + mix(number + 0x517e) % 19};
  };
  for (std::size_t i = 0; i < event_count; ++i) {
    const auto chosen = mix(i * 3 + salt) % growing_streams;
    if (chosen >= growing.size()) growing.push_back(open_stream());
    auto& stream = growing[std::min<std::size_t>(chosen, growing.size() - 1)];
    places_.push_back({stream.stream, ++heads_[stream.stream]});
    if (--stream.left == 0) stream = open_stream();
  }
  // A stream opened last may have got no event.
  while (!heads_.empty() && heads_.back() == 0) {
    heads_.pop_back();
    streams_.pop_back();
  }
  place_in_batch_.resize(streams_.size() + growing_streams);
}

Event History::event(std::size_t index) const {
  const auto place = places_[index];
  const auto bits = mix(index ^ std::uint64_t{salt_} << 40);
  Event event;
  event.stream = &streams_[place.stream];
  event.version = place.version;
  const auto other = mix(bits);
  std::memcpy(event.id.octets.data(), &bits, sizeof bits);
  std::memcpy(event.id.octets.data() + sizeof bits, &other, sizeof other);
  event.type = type_name(index % type_count);
  event.created_at = 1'700'000'000'000'000 + static_cast<std::int64_t>(index) * 1000;
  event.metadata = metadata_pool()[bits % metadata_variants];
  event.data = BytesView{payload_pool()}.subspan(other % (payload_pool().size() - payload_bytes), payload_bytes);
  return event;
}

void History::fill(Batch& batch, std::size_t first, std::size_t count) {
  batch.events.clear();
  batch.expected.clear();
  const auto last = std::min(first + count, places_.size());
  for (std::size_t i = first; i < last; ++i) {
    const auto& event = batch.events.emplace_back(this->event(i));
    auto& place = place_in_batch_[places_[i].stream];
    if (place == 0) {
      batch.expected.push_back({event.stream, event.version - 1, event.version});
      place = static_cast<std::uint32_t>(batch.expected.size());
    }
    batch.expected[place - 1].after = event.version;
  }
  for (std::size_t i = first; i < last; ++i) place_in_batch_[places_[i].stream] = 0;
}

}  // namespace bench
