#include "table_trim.hpp"

#include <algorithm>

#include "table_writer.hpp"

namespace eventstore::engine {
namespace {

using format::IdEntry;
using format::Location;

constexpr std::uint64_t stretch = 1024;
constexpr std::uint32_t left_out = 0xFFFF'FFFF;

class Trim {
 public:
  Trim(const Table& table, std::uint32_t first_segment, PositionOf position_of)
      : table_{table}, first_segment_{first_segment}, position_of_{position_of} {}

  Result<void> measure() {
    for (std::uint64_t rank = 0; rank < table_.stream_count(); ++rank) {
      EVENTSTORE_TRY_ASSIGN(const auto part, part_of(rank));
      ranks_.push_back(part.locations.empty() ? left_out : static_cast<std::uint32_t>(sizes_.streams));
      if (part.locations.empty()) continue;
      ++sizes_.streams;
      sizes_.locations += part.locations.size();
      sizes_.text_bytes += part.entry.name.size() + part.entry.organization.size();
    }
    EVENTSTORE_TRY(each_ids([&](std::span<const IdEntry> kept) {
      sizes_.ids += kept.size();
      for (const auto& id : kept)
        if (!id.is_outcome()) first_ = std::min(first_, id.location);
      return Result<void>{};
    }));
    if (first_ == format::past_all) return {};
    EVENTSTORE_TRY_ASSIGN(const auto first, position_of_(first_));
    sizes_.first_position = first.value;
    sizes_.last_position = table_.last_position().value;
    return {};
  }

  Result<void> write(IndexSink& sink) const {
    auto identity = table_.identity();
    identity.first_segment = first_segment_;
    TableWriter writer{sink, identity, sizes_, table_.hashing()};
    for (std::uint64_t rank = 0; rank < table_.stream_count(); ++rank)
      if (ranks_[rank] != left_out) EVENTSTORE_TRY(write_stream(rank, writer));
    EVENTSTORE_TRY(write_hashes(writer));
    EVENTSTORE_TRY(each_ids([&](std::span<const IdEntry> kept) { return writer.add_ids(kept); }));
    return writer.finish();
  }

 private:
  // The part of a stream that is kept: from its first event in the kept segments on.
  struct Part {
    StreamEntry entry;
    std::uint64_t skipped = 0;
    std::span<const Location> locations;
  };

  Result<Part> part_of(std::uint64_t rank) const {
    Part part;
    EVENTSTORE_TRY_ASSIGN(part.entry, table_.entry_by_rank(rank));
    const auto count = part.entry.last.value - part.entry.first.value + 1;
    EVENTSTORE_TRY_ASSIGN(const auto all, table_.locations(part.entry, part.entry.first, count));
    const auto kept = std::find_if(all.begin(), all.end(), [&](Location at) { return at.segment() >= first_segment_; });
    part.skipped = static_cast<std::uint64_t>(kept - all.begin());
    part.locations = all.subspan(part.skipped);
    return part;
  }

  Result<void> write_stream(std::uint64_t rank, TableWriter& writer) const {
    EVENTSTORE_TRY_ASSIGN(const auto part, part_of(rank));
    format::StreamRecord record;
    record.version_count = static_cast<std::uint32_t>(part.locations.size());
    record.first_version = part.entry.first.value + part.skipped;
    record.first_position = part.entry.first_position.value;
    record.last_position = part.entry.last_position.value;
    if (part.skipped > 0) {
      EVENTSTORE_TRY_ASSIGN(const auto first, position_of_(part.locations.front()));
      record.first_position = first.value;
    }
    EVENTSTORE_TRY(writer.add_stream(record, part.entry.name, part.entry.organization));
    return writer.add_locations(part.locations);
  }

  Result<void> write_hashes(TableWriter& writer) const {
    for (std::uint64_t at = 0; at < table_.stream_count(); at += stretch) {
      const auto count = std::min(stretch, table_.stream_count() - at);
      EVENTSTORE_TRY_ASSIGN(const auto hashes, table_.stream_hashes(at, count));
      EVENTSTORE_TRY_ASSIGN(const auto ranks, table_.stream_ranks(at, count));
      for (std::size_t i = 0; i < count; ++i) {
        if (ranks[i] >= ranks_.size()) return table_.file().damaged("a stream's hash has no stream");
        if (ranks_[ranks[i]] != left_out) EVENTSTORE_TRY(writer.add_stream_hash(hashes[i], ranks_[ranks[i]]));
      }
    }
    return {};
  }

  template <class Take> Result<void> each_ids(Take take) const {
    std::vector<IdEntry> kept;
    for (std::uint64_t at = 0; at < table_.id_count(); at += stretch) {
      EVENTSTORE_TRY_ASSIGN(const auto ids, table_.ids(at, std::min(stretch, table_.id_count() - at)));
      kept.clear();
      for (const auto& id : ids)
        if (id.location.segment() >= first_segment_) kept.push_back(id);
      EVENTSTORE_TRY(take(std::span<const IdEntry>{kept}));
    }
    return {};
  }

  const Table& table_;
  const std::uint32_t first_segment_;
  PositionOf position_of_;
  std::vector<std::uint32_t> ranks_;  // by rank: the rank in the table that is made
  TableSizes sizes_;
  Location first_ = format::past_all;  // event
};

}  // namespace

Result<void> trim_table(const Table& table, std::uint32_t first_segment, PositionOf position_of, FileSystem& files,
                        const std::string& path) {
  Trim trim{table, first_segment, position_of};
  EVENTSTORE_TRY(trim.measure());
  return write_index_file(files, path, [&](IndexSink& sink) { return trim.write(sink); });
}

}  // namespace eventstore::engine
