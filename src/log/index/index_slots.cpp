#include "index_slots.hpp"

#include <utility>

#include "segment_index_builder.hpp"

namespace eventstore::engine {

IndexedSegment::IndexedSegment(const StoreFiles& store, const Uuid& store_id, std::shared_ptr<const Segment> segment,
                               const FinishedSegment& place, bool is_finished, std::shared_ptr<DamageList> damages)
    : store_{store},
      store_id_{store_id},
      segment_{std::move(segment)},
      place_{place},
      is_finished_{is_finished},
      damages_{std::move(damages)} {}

std::shared_ptr<const IndexedSegment> IndexedSegment::closed() const {
  auto segment = std::make_shared<Segment>(store_, number(), store_id_);
  auto fresh = std::make_shared<IndexedSegment>(store_, store_id_, std::move(segment), place_, is_finished_, damages_);
  if (auto made = index_.shared(); made != nullptr && !made->file().is_mapped()) fresh->index_.keep(std::move(made));
  return fresh;
}

IndexIdentity IndexedSegment::identity() const {
  return {store_id_,       place_.number, place_.number, place_.generation, static_cast<std::uint32_t>(place_.end),
          place_.checksum, is_finished_};
}

Result<const SegmentIndex*> IndexedSegment::index() const {
  if (const auto* const known = index_.get()) return known;
  const std::lock_guard lock{index_.mutex};
  if (const auto* const known = index_.get()) return known;
  if (auto opened = open()) {
    store_.kept()->add_map();
    return index_.keep(std::move(*opened));
  }
  return make();
}

void IndexedSegment::take(std::shared_ptr<const SegmentIndex> opened) const {
  const std::lock_guard lock{index_.mutex};
  store_.kept()->add_map();
  index_.keep(std::move(opened));
}

Result<std::shared_ptr<const SegmentIndex>> IndexedSegment::open() const {
  const auto path = store_.index_path(place_.number);
  EVENTSTORE_TRY_ASSIGN(auto index, SegmentIndex::open(store_.files(), path, store_.kept()));
  const bool is_ours =
      index->identity() == identity() && index->count() == place_.count && index->extent().first_position == first();
  if (is_ours) return index;
  return failure(Errc::corrupt_record, "open", path, "the index of another segment");
}

bool IndexedSegment::is_on_disk() const { return open().has_value(); }

Result<SegmentToScan> IndexedSegment::to_scan() const {
  EVENTSTORE_TRY_ASSIGN(const auto bytes, segment_->bytes(place_.end));
  return SegmentToScan{
      bytes,
      segment_->path(),
      {static_cast<std::uint32_t>(bytes.size()), place_.first_position + place_.count, place_.checksum}};
}

Result<void> IndexedSegment::check_readable() const {
  if (!segment_->has_failed()) return {};
  return failure(unreadable("index", segment_->path()));
}

void IndexedSegment::tell(Damage damage) const { damages_->add(std::move(damage)); }

void IndexedSegment::lose(Error error) const {
  tell({first(), last(), format::Location{place_.number, 0}, std::move(error)});
}

// A segment that cannot be opened is lost as a whole.
Result<const SegmentIndex*> IndexedSegment::make_lost(Error error) const {
  lose(std::move(error));
  SegmentIndexBuilder lost{Hashing::of_store(store_id_)};
  lost.skip(place_.count);
  EVENTSTORE_TRY_ASSIGN(auto bytes, lost.finish(identity(), {first(), Timestamp{}, Timestamp{}}));
  EVENTSTORE_TRY_ASSIGN(auto index,
                        SegmentIndex::of(std::move(bytes), store_.index_path(place_.number), store_.kept()));
  return index_.keep(std::move(index));
}

Result<const SegmentIndex*> IndexedSegment::make() const {
  auto scanned = to_scan();
  if (!scanned && scanned.error().code == Errc::corrupt_record) return make_lost(std::move(scanned.error()));
  EVENTSTORE_TRY_ASSIGN(const auto from, std::move(scanned));
  EVENTSTORE_TRY_ASSIGN(auto made, make_indexes(from.bytes, from.path, from.range));
  EVENTSTORE_TRY(check_readable());
  for (auto& damage : made.damages) damages_->add(std::move(damage));
  EVENTSTORE_TRY_ASSIGN(auto index,
                        SegmentIndex::of(std::move(made.index), store_.index_path(place_.number), store_.kept()));
  return index_.keep(std::move(index));
}

Result<bool> IndexedSegment::remake(const std::string& path) const {
  if (path != store_.index_path(place_.number)) return false;
  const std::lock_guard lock{index_.mutex};
  EVENTSTORE_TRY(make());
  return true;
}

Result<bool> IndexedSegment::remake_if_whole() const {
  const std::lock_guard lock{index_.mutex};
  if (std::exchange(was_read_, true)) return false;
  auto scanned = to_scan();
  if (!scanned) return false;
  EVENTSTORE_TRY_ASSIGN(auto made, make_indexes(scanned->bytes, scanned->path, scanned->range));
  if (!made.damages.empty() || segment_->has_failed()) return false;
  EVENTSTORE_TRY_ASSIGN(auto index, SegmentIndex::of(std::move(made.index), path(), store_.kept()));
  index_.keep(std::move(index));
  return true;
}

TableSlot::TableSlot(const StoreFiles& store, std::vector<std::shared_ptr<const IndexedSegment>> segments,
                     std::uint32_t level)
    : store_{store}, segments_{std::move(segments)}, level_{level} {}

std::shared_ptr<const TableSlot> TableSlot::from(std::uint32_t first) const {
  auto segments = segments_;
  std::erase_if(segments, [&](const auto& segment) { return segment->number() < first; });
  return std::make_shared<TableSlot>(store_, std::move(segments), level_);
}

// `segments` has all of its own, by number.
std::shared_ptr<const TableSlot> TableSlot::with(
    std::span<const std::shared_ptr<const IndexedSegment>> segments) const {
  auto own = segments_;
  for (auto& segment : own) segment = segments[segment->number() - segments.front()->number()];
  auto fresh = std::make_shared<TableSlot>(store_, std::move(own), level_);
  // One that has no file would have to be made again.
  if (auto made = shared_table(); made != nullptr && !made->file().is_mapped()) fresh->table_.keep(std::move(made));
  return fresh;
}

TableInForce TableSlot::place() const { return {segments_.front()->number(), segments_.back()->number(), level_}; }

std::string TableSlot::path() const {
  return store_.table_path(segments_.front()->number(), segments_.back()->number());
}

IndexIdentity TableSlot::identity() const {
  auto identity = segments_.back()->identity();
  identity.first_segment = segments_.front()->number();
  return identity;
}

Result<std::shared_ptr<const Table>> TableSlot::open() const {
  EVENTSTORE_TRY_ASSIGN(auto table, Table::open(store_.files(), path()));
  if (table->identity() == identity()) return table;
  return failure(Errc::corrupt_record, "open", path(), "the table of another log");
}

Result<const Table*> TableSlot::table() const {
  if (const auto* const known = table_.get()) return known;
  const std::lock_guard lock{table_.mutex};
  if (const auto* const known = table_.get()) return known;
  if (auto opened = open()) {
    store_.kept()->add_map();
    return table_.keep(std::move(*opened));
  }
  return make();
}

bool TableSlot::is_on_disk() const {
  const std::lock_guard lock{table_.mutex};
  auto opened = open();
  if (!opened) return false;
  if (table_.get() == nullptr) table_.keep(std::move(*opened));
  return true;
}

Result<const Table*> TableSlot::make() const {
  std::vector<SegmentToScan> from;
  for (const auto& segment : segments_) {
    auto scanned = segment->to_scan();
    if (!scanned && scanned.error().code != Errc::corrupt_record) return failure_of(scanned);
    if (scanned)
      from.push_back(std::move(*scanned));
    else
      segment->lose(std::move(scanned.error()));
  }
  EVENTSTORE_TRY_ASSIGN(auto made, make_table(from, identity()));
  for (const auto& segment : segments_) EVENTSTORE_TRY(segment->check_readable());
  // The segments' own indexes may be from before the damage, and would not name the events that the table lacks.
  for (auto& damage : made.damages) segments_.front()->tell(std::move(damage));
  EVENTSTORE_TRY_ASSIGN(auto table, Table::of(std::move(made.table), path()));
  return table_.keep(std::move(table));
}

Result<bool> TableSlot::remake(const std::string& path) const {
  if (path != this->path()) return false;
  const std::lock_guard lock{table_.mutex};
  EVENTSTORE_TRY(make());
  return true;
}

Result<void> TableSlot::remake() const {
  const std::lock_guard lock{table_.mutex};
  EVENTSTORE_TRY(make());
  return {};
}

}  // namespace eventstore::engine
