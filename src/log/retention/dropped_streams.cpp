#include "dropped_streams.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../containers/name_table.hpp"
#include "../index/index_slots.hpp"
#include "../index/table_writer.hpp"

namespace eventstore::engine {

using format::Location;

Result<DroppedStreams::Stream*> DroppedStreams::stream(std::string_view name) {
  const auto [at, is_new] = streams_.try_emplace(std::string{name});
  auto& stream = at->second;
  if (!is_new || before_ == nullptr) return &stream;
  EVENTSTORE_TRY_ASSIGN(const auto earlier, before_->streams->find(name));
  if (earlier) {
    stream.organization = earlier->organization;
    stream.last_version = earlier->last.value;
    stream.first = earlier->first_position;
    stream.earlier_rank = earlier->rank;
  }
  return &stream;
}

Result<void> DroppedStreams::add(const std::byte* record, Location location) {
  const auto event = format::event_at(record);
  EVENTSTORE_TRY_ASSIGN(auto* const known, stream(event.stream));
  if (event.version.value != known->last_version + 1)
    return failure(Error{
        Errc::corrupt_record, "drop", std::string{event.stream},
        fmt::format("version {} follows version {}: the log is damaged", event.version.value, known->last_version),
        event.position});
  if (known->last_version == 0) {
    known->organization = event.organization;
    known->first = event.position;
  }
  known->last_version = event.version.value;
  known->location = location;
  known->last = event.position;
  known->latest_created_at = std::max(known->latest_created_at, event.created_at.micros);
  last_ = event.position;
  return {};
}

Result<void> DroppedStreams::add(const IndexedSegment& segment) {
  EVENTSTORE_TRY_ASSIGN(const auto from, segment.to_scan());
  Result<void> added;
  const auto each = [&](const std::byte* commit, std::uint32_t offset) {
    const auto header = format::load<format::CommitHeader>(commit);
    if (header.event_count > 0) last_event_checksum_ = header.checksum;
    format::each_event(commit, [&](const std::byte* record, std::uint32_t distance) {
      if (added) added = add(record, Location{segment.number(), offset + distance});
    });
  };
  EVENTSTORE_TRY_ASSIGN(const auto scanned, scan_segment(from.bytes, from.path, from.range, each, [](Position) {}));
  if (!scanned.damages.empty()) return failure(scanned.damages.front().error);
  EVENTSTORE_TRY(std::move(added));
  end_ = scanned.end;
  const auto& place = segment.place();
  if (scanned.is_finished && scanned.checksum == place.checksum && scanned.count == place.count) return {};
  return failure(Errc::corrupt_record, "drop", from.path, "the segment differs from its entry in the catalog");
}

Result<std::vector<DroppedStream>> DroppedStreams::all() const {
  std::vector<DroppedStream> gathered;
  gathered.reserve(streams_.size());
  for (const auto& [name, stream] : streams_)
    gathered.push_back({name, stream.organization, stream.last_version, stream.location, stream.first, stream.last,
                        true, stream.earlier_rank, stream.latest_created_at});
  const auto by_name = [](const DroppedStream& a, const DroppedStream& b) { return a.name < b.name; };
  std::sort(gathered.begin(), gathered.end(), by_name);
  if (before_ == nullptr) return gathered;
  const auto& table = *before_->streams;
  std::vector<DroppedStream> all;
  all.reserve(gathered.size() + static_cast<std::size_t>(table.stream_count()));
  auto next = gathered.cbegin();
  for (std::uint64_t rank = 0; rank < table.stream_count(); ++rank) {
    EVENTSTORE_TRY_ASSIGN(const auto entry, table.entry_by_rank(rank));
    for (; next != gathered.cend() && next->name < entry.name; ++next) all.push_back(*next);
    if (next != gathered.cend() && next->name == entry.name) continue;  // it went on
    EVENTSTORE_TRY_ASSIGN(const auto locations, table.locations(entry, entry.last, 1));
    all.push_back({entry.name, entry.organization, entry.last.value, locations.front(), entry.first_position,
                   entry.last_position, false, rank, 0});
  }
  all.insert(all.end(), next, gathered.cend());
  return all;
}

namespace {

Result<void> write(const std::vector<DroppedStream>& streams, IndexSink& sink, const IndexIdentity& identity) {
  TableSizes sizes;
  sizes.streams = sizes.locations = streams.size();
  for (const auto& stream : streams) sizes.text_bytes += stream.name.size() + stream.organization.size();
  const auto hashing = Hashing::of_store(identity.store_id);
  TableWriter writer{sink, identity, sizes, hashing};
  std::vector<std::pair<std::uint64_t, std::uint32_t>> hashes;
  hashes.reserve(streams.size());
  for (const auto& stream : streams) {
    format::StreamRecord record;
    record.version_count = 1;
    record.first_version = stream.version;
    record.first_position = stream.first.value;
    record.last_position = stream.last.value;
    hashes.emplace_back(hashing.name(stream.name), static_cast<std::uint32_t>(hashes.size()));
    EVENTSTORE_TRY(writer.add_stream(record, stream.name, stream.organization));
    EVENTSTORE_TRY(writer.add_locations({&stream.location, 1}));
  }
  std::sort(hashes.begin(), hashes.end());
  for (const auto& [hash, rank] : hashes) EVENTSTORE_TRY(writer.add_stream_hash(hash, rank));
  return writer.finish();
}

}  // namespace

Result<void> write_table(const std::vector<DroppedStream>& streams, const IndexIdentity& identity, FileSystem& files,
                         const std::string& path) {
  if (streams.size() > format::TableLayout::entries_max)
    return failure(Errc::too_large, "drop", path, "a table has at most 2^32 - 1 streams");
  return write_index_file(files, path, [&](IndexSink& sink) { return write(streams, sink, identity); });
}

}  // namespace eventstore::engine
