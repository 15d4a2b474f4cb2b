#include "table.hpp"

#include <algorithm>

namespace eventstore::engine {

using format::IdEntry;
using format::Location;
using format::StreamRecord;
using format::TableLayout;

Result<std::shared_ptr<const Table>> Table::open(FileSystem& files, const std::string& path) {
  EVENTSTORE_TRY_ASSIGN(auto file, IndexFile::open(files, path, format::table_magic));
  return checked(std::move(file));
}

Result<std::shared_ptr<const Table>> Table::of(Bytes bytes, std::string path) {
  EVENTSTORE_TRY_ASSIGN(auto file, IndexFile::of(std::move(bytes), std::move(path), format::table_magic));
  return checked(std::move(file));
}

Table::Table(IndexFile file)
    : file_{std::move(file)},
      hashing_{file_.version() < format::seeded_table_version ? Hashing{}
                                                              : Hashing::of_store(file_.identity().store_id)},
      stream_count_{file_.number(TableLayout::stream_count)},
      id_count_{file_.number(TableLayout::id_count)},
      begin_{Location{file_.identity().first_segment, 0}},
      end_{Location{file_.identity().last_segment, file_.identity().end}} {}

Result<std::shared_ptr<const Table>> Table::checked(IndexFile file) {
  const auto streams = file.number(TableLayout::stream_count);
  const auto events = file.number(TableLayout::id_count);
  // A table of dropped segments has streams and no events.
  const bool agrees = (streams <= events || events == 0) && streams <= TableLayout::entries_max &&
                      events <= TableLayout::entries_max &&
                      file.count<HashFilterBlock>(TableLayout::stream_filter) == HashFilterBlock::blocks_for(streams) &&
                      file.count<std::uint32_t>(TableLayout::stream_buckets) == TableLayout::bucket_starts(streams) &&
                      file.count<std::uint64_t>(TableLayout::stream_hashes) == streams &&
                      file.count<std::uint32_t>(TableLayout::stream_ranks) == streams &&
                      file.count<StreamRecord>(TableLayout::streams) == streams &&
                      file.count<HashFilterBlock>(TableLayout::id_filter) == HashFilterBlock::blocks_for(events) &&
                      file.count<std::uint32_t>(TableLayout::id_buckets) == TableLayout::bucket_starts(events) &&
                      file.count<IdEntry>(TableLayout::ids) == events;
  if (!agrees) return file.damaged("its counts contradict each other");
  return std::shared_ptr<const Table>{new Table{std::move(file)}};
}

Position Table::first_position() const { return Position{file_.number(TableLayout::first_position)}; }
Position Table::last_position() const { return Position{file_.number(TableLayout::last_position)}; }

Result<Table::Bucket> Table::bucket(std::uint8_t filter, std::uint8_t buckets, std::uint64_t entries,
                                    std::uint64_t hash) const {
  if (entries == 0) return Bucket{};
  const auto block = HashFilterBlock::block_of(hash, HashFilterBlock::blocks_for(entries));
  EVENTSTORE_TRY_ASSIGN(const auto found, file_.array<HashFilterBlock>(filter, block, 1));
  if (!found.front().may_have(hash)) return Bucket{};
  const auto number = TableLayout::bucket_of(hash, TableLayout::bucket_bits(entries));
  EVENTSTORE_TRY_ASSIGN(const auto starts, file_.array<std::uint32_t>(buckets, number, 2));
  if (starts[0] > starts[1] || starts[1] > entries) return file_.damaged("its buckets do not ascend");
  return Bucket{starts[0], starts[1] - starts[0]};
}

Result<std::optional<StreamEntry>> Table::find(std::string_view name) const { return find(name, hashing_.name(name)); }

Result<std::optional<StreamEntry>> Table::find(std::string_view name, std::uint64_t hash) const {
  if (!hashing_.is_seeded()) hash = hashing_.name(name);
  EVENTSTORE_TRY_ASSIGN(const auto range,
                        bucket(TableLayout::stream_filter, TableLayout::stream_buckets, stream_count_, hash));
  if (range.count == 0) return std::optional<StreamEntry>{};
  EVENTSTORE_TRY_ASSIGN(const auto hashes, stream_hashes(range.first, range.count));
  auto at = std::lower_bound(hashes.begin(), hashes.end(), hash);
  for (; at != hashes.end() && *at == hash; ++at) {
    const auto number = range.first + static_cast<std::uint64_t>(at - hashes.begin());
    EVENTSTORE_TRY_ASSIGN(const auto rank, file_.element<std::uint32_t>(TableLayout::stream_ranks, number));
    if (rank >= stream_count_) return file_.damaged("a stream's hash has no stream");
    EVENTSTORE_TRY_ASSIGN(auto entry, entry_by_rank(rank));
    if (entry.name == name) return std::optional{entry};
  }
  return std::optional<StreamEntry>{};
}

Result<StreamEntry> Table::entry_by_rank(std::uint64_t rank) const {
  if (rank >= stream_count_)
    return failure(Errc::invalid_argument, "read index", file_.path(), "a stream that it does not have");
  EVENTSTORE_TRY_ASSIGN(const auto records, file_.array<StreamRecord>(TableLayout::streams, rank, 1));
  const auto& record = records.front();
  EVENTSTORE_TRY_ASSIGN(const auto text, file_.text(TableLayout::texts, record.text_offset,
                                                    std::uint64_t{record.name_bytes} + record.organization_bytes));
  if (record.version_count == 0 || record.first_version == 0 ||
      record.first_version > ~std::uint64_t{0} - record.version_count)
    return file_.damaged("a stream's versions are impossible");
  StreamEntry entry;
  entry.name = text.substr(0, record.name_bytes);
  entry.organization = text.substr(record.name_bytes);
  entry.first = Version{record.first_version};
  entry.last = Version{record.first_version + record.version_count - 1};
  entry.first_position = Position{record.first_position};
  entry.last_position = Position{record.last_position};
  entry.first_location = record.first_location;
  entry.rank = rank;
  return entry;
}

Result<std::span<const Location>> Table::locations(const StreamEntry& entry, Version first, std::uint64_t count) const {
  if (first < entry.first || first.value > entry.last.value + 1 || count > entry.last.value + 1 - first.value)
    return failure(Errc::invalid_argument, "read index", file_.path(), "versions that it does not cover");
  const auto skipped = first.value - entry.first.value;
  if (entry.first_location > ~std::uint64_t{0} - skipped) return file_.damaged("a stream's locations are impossible");
  EVENTSTORE_TRY_ASSIGN(const auto locations,
                        file_.array<Location>(TableLayout::locations, entry.first_location + skipped, count));
  if (!std::all_of(locations.begin(), locations.end(),
                   [&](Location location) { return location == Location{} || covers(location); }))
    return file_.damaged("an event's place is not in the part that it covers");
  return locations;
}

Result<std::uint64_t> Table::lower_bound(std::string_view name) const {
  std::uint64_t first = 0;
  for (auto last = stream_count_; first < last;) {
    const auto middle = first + (last - first) / 2;
    EVENTSTORE_TRY_ASSIGN(const auto entry, entry_by_rank(middle));
    if (entry.name < name)
      first = middle + 1;
    else
      last = middle;
  }
  return first;
}

Result<std::span<const IdEntry>> Table::candidates(std::string_view stream, const Uuid& id, std::uint64_t hash) const {
  return candidates(hashing_.is_seeded() ? hash : hashing_.id(stream, id));
}

Result<std::span<const IdEntry>> Table::candidates(std::uint64_t hash) const {
  EVENTSTORE_TRY_ASSIGN(const auto range, bucket(TableLayout::id_filter, TableLayout::id_buckets, id_count_, hash));
  EVENTSTORE_TRY_ASSIGN(const auto entries, ids(range.first, range.count));
  const auto less = [](const auto& a, const auto& b) { return a.hash < b.hash; };
  const auto [first, last] = std::equal_range(entries.begin(), entries.end(), IdEntry{hash, {}}, less);
  return std::span{first, last};
}

Result<std::span<const IdEntry>> Table::ids(std::uint64_t first, std::uint64_t count) const {
  EVENTSTORE_TRY_ASSIGN(const auto entries, file_.array<IdEntry>(TableLayout::ids, first, count));
  if (!std::all_of(entries.begin(), entries.end(), [&](const IdEntry& entry) { return covers(entry.location); }))
    return file_.damaged("an event's place is not in the part that it covers");
  return entries;
}

Result<std::span<const std::uint64_t>> Table::stream_hashes(std::uint64_t first, std::uint64_t count) const {
  return file_.array<std::uint64_t>(TableLayout::stream_hashes, first, count);
}

Result<std::span<const std::uint32_t>> Table::stream_ranks(std::uint64_t first, std::uint64_t count) const {
  return file_.array<std::uint32_t>(TableLayout::stream_ranks, first, count);
}

}  // namespace eventstore::engine
