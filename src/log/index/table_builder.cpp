#include "table_builder.hpp"

#include <algorithm>
#include <numeric>

#include "../containers/name_order.hpp"
#include "table_writer.hpp"

namespace eventstore::engine {

using format::IdEntry;
using format::Location;

namespace {

// By hash, then location, given that the locations ascend already: by the hash's upper bits in two stable passes, then
// what those left together.
void sort_by_hash(std::vector<IdEntry>& entries) {
  constexpr unsigned digit_bits = 11;
  constexpr std::size_t digits = std::size_t{1} << digit_bits;
  std::vector<IdEntry> sorted(entries.size());
  for (const unsigned shift : {64 - 2 * digit_bits, 64 - digit_bits}) {
    std::vector<std::size_t> starts(digits + 1);
    for (const auto& entry : entries) ++starts[(entry.hash >> shift & (digits - 1)) + 1];
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    for (const auto& entry : entries) sorted[starts[entry.hash >> shift & (digits - 1)]++] = entry;
    entries.swap(sorted);
  }
  for (auto first = entries.begin(); first != entries.end();) {
    const auto same = [upper = first->hash >> (64 - 2 * digit_bits)](const IdEntry& entry) {
      return entry.hash >> (64 - 2 * digit_bits) == upper;
    };
    const auto last = std::find_if_not(first + 1, entries.end(), same);
    if (last - first > 1) std::sort(first, last);
    first = last;
  }
}

}  // namespace

void TableBuilder::add(const RecordedEvent& event, Location location) {
  const auto number = stream_of(event);
  auto& stream = streams_[number];
  const auto version = event.version.value;
  const auto position = event.position.value;
  // A version takes a position at least, so no more versions can be lost than positions.
  const bool follows = stream.last_version == 0 || (version > stream.last_version && position > stream.last_position &&
                                                    version - stream.last_version <= position - stream.last_position);
  is_in_order_ = is_in_order_ && follows && version != 0 && position > last_position_ &&
                 version - stream.first_version < format::TableLayout::entries_max;
  stream.last_version = version;
  stream.last_position = position;
  last_position_ = position;
  events_.push_back({number, static_cast<std::uint32_t>(version - stream.first_version)});
  ids_.push_back({hashing_.id(stream.hash, event.id.uuid), location});
}

void TableBuilder::add(const format::OutcomeView& outcome, Location location) {
  const auto hash = hashing_.id(outcome.stream, outcome.command_id);
  outcomes_.push_back(IdEntry::of_outcome(hash, location));
}

std::uint32_t TableBuilder::stream_of(const RecordedEvent& event) {
  const auto hash = hashing_.name(event.stream);
  auto number = numbers_.find(hash, [&](std::uint32_t candidate) {
    return streams_[candidate].hash == hash && name_of(streams_[candidate]) == event.stream;
  });
  if (number != NameTable::none) return number;
  number = static_cast<std::uint32_t>(streams_.size());
  numbers_.put(hash, number, [&](std::uint32_t earlier) { return streams_[earlier].hash; });
  if (first_position_ == 0) first_position_ = event.position.value;
  Stream stream;
  stream.text = texts_.size();
  stream.name_bytes = static_cast<std::uint16_t>(event.stream.size());
  stream.organization_bytes = static_cast<std::uint16_t>(event.organization.size());
  stream.hash = hash;
  stream.first_version = event.version.value;
  stream.first_position = event.position.value;
  streams_.push_back(stream);
  texts_ += event.stream;
  texts_ += event.organization;
  return number;
}

Result<Bytes> TableBuilder::finish(const IndexIdentity& identity) {
  using Layout = format::TableLayout;
  if (!is_in_order_) return failure(Errc::corrupt_record, "index", {}, "a stream's versions do not follow one another");
  const auto order = names_in_order();
  TableSizes sizes;
  sizes.streams = streams_.size();
  sizes.ids = ids_.size() + outcomes_.size();
  sizes.first_position = first_position_;
  sizes.last_position = last_position_;
  sizes.text_bytes = texts_.size();
  for (const auto number : order) {
    auto& stream = streams_[number];
    stream.first_location = sizes.locations;
    sizes.locations += stream.last_version - stream.first_version + 1;
  }
  if (sizes.ids > Layout::entries_max || sizes.locations > Layout::entries_max)
    return failure(Errc::too_large, "index", {}, "a table has at most 2^32 - 1 events");
  MemorySink sink;
  TableWriter writer{sink, identity, sizes, hashing_};
  sink.reserve(writer.file_bytes());
  EVENTSTORE_TRY(write_streams(writer, order, static_cast<std::size_t>(sizes.locations)));
  EVENTSTORE_TRY(write_stream_hashes(writer, order));
  const auto by_location = [](const IdEntry& a, const IdEntry& b) { return a.location < b.location; };
  const auto events = ids_.insert(ids_.end(), outcomes_.begin(), outcomes_.end());
  std::inplace_merge(ids_.begin(), events, ids_.end(), by_location);
  sort_by_hash(ids_);
  EVENTSTORE_TRY(writer.add_ids(ids_));
  EVENTSTORE_TRY(writer.finish());
  return sink.take();
}

std::vector<std::uint32_t> TableBuilder::names_in_order() const {
  std::vector<std::string_view> names;
  names.reserve(streams_.size());
  for (const auto& stream : streams_) names.push_back(name_of(stream));
  return name_order(names);
}

Result<void> TableBuilder::write_streams(TableWriter& writer, std::span<const std::uint32_t> order,
                                         std::size_t locations) const {
  std::vector<Location> by_version(locations);
  for (std::size_t i = 0; i < events_.size(); ++i)
    by_version[streams_[events_[i].stream].first_location + events_[i].version] = ids_[i].location;
  for (const auto number : order) {
    const auto& stream = streams_[number];
    format::StreamRecord record;
    record.version_count = static_cast<std::uint32_t>(stream.last_version - stream.first_version + 1);
    record.first_version = stream.first_version;
    record.first_position = stream.first_position;
    record.last_position = stream.last_position;
    EVENTSTORE_TRY(writer.add_stream(record, name_of(stream), organization_of(stream)));
  }
  return writer.add_locations(by_version);
}

Result<void> TableBuilder::write_stream_hashes(TableWriter& writer, std::span<const std::uint32_t> order) const {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> ranks;
  ranks.reserve(order.size());
  for (const auto number : order) ranks.emplace_back(streams_[number].hash, static_cast<std::uint32_t>(ranks.size()));
  std::sort(ranks.begin(), ranks.end());
  for (const auto& [hash, rank] : ranks) EVENTSTORE_TRY(writer.add_stream_hash(hash, rank));
  return {};
}

}  // namespace eventstore::engine
