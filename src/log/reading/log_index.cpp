#include "log_index.hpp"

#include <algorithm>

namespace eventstore::engine {

void LogIndex::exchange(View changed) {
  changed.covered_end = changed.segments.empty()
                            ? format::Location{}
                            : format::Location{changed.segments.back()->number(),
                                               static_cast<std::uint32_t>(changed.segments.back()->place().end)};
  auto view = std::make_shared<const View>(std::move(changed));
  read_side_.exchange(view);
  view_ = std::move(view);
}

void LogIndex::hash_by(const Hashing& hashing) {
  View changed;
  changed.hashing = hashing;
  exchange(std::move(changed));
}

void LogIndex::load(std::shared_ptr<const Expired> expired, std::vector<std::shared_ptr<const IndexedSegment>> segments,
                    std::vector<std::shared_ptr<const TableSlot>> tables) {
  auto changed = *view_;
  changed.expired = std::move(expired);
  if (!segments.empty()) changed.blocks.resize(segments.back()->number());
  for (const auto& segment : segments) changed.blocks[segment->number() - 1] = segment->segment();
  changed.segments = std::move(segments);
  changed.tables = std::move(tables);
  exchange(std::move(changed));
  add_schemas_later();
}

// The schemas of segments with index files are read when one is asked for: from the newest segment that has it, because
// old ones may have to be unpacked. Where it was first met counts. Damage hides the schemas of the damaged part only.
void LogIndex::add_schemas_later() {
  schemas().add_later([this, view = view_]() -> Result<void> {
    for (auto at = view->segments.rbegin(); at != view->segments.rend(); ++at) {
      // Opened for this alone, so that not all of them stay mapped. A damaged index file is made again for all.
      auto added = add_schemas(*view, *(*at)->closed());
      if (!added) added = add_schemas(*view, **at);
      if (added) continue;
      if (added.error().code == Errc::out_of_memory) return added;
      schemas().add_hidden(std::move(added.error()));
    }
    return {};
  });
}

Result<void> LogIndex::add_schemas(const View& view, const IndexedSegment& segment) const {
  EVENTSTORE_TRY_ASSIGN(const auto* index, segment.index());
  if (const auto tried = index->schemas(); !tried) {
    EVENTSTORE_TRY(view.remake_index(tried.error()));
    EVENTSTORE_TRY_ASSIGN(index, segment.index());
  }
  EVENTSTORE_TRY_ASSIGN(const auto places, index->schemas());
  for (const auto& place : places) {
    const SchemaId id{place.id};
    const format::Location location{segment.number(), place.offset};
    if (schemas().knows(id)) {
      schemas().add(id, {}, location);
      continue;
    }
    auto record = segment.segment()->check(place.offset, segment.place().end, format::RecordKind::schema);
    if (!record) {
      if (record.error().code == Errc::out_of_memory) return failure_of(record);
      schemas().add_damaged(id, std::move(record.error()));
      continue;
    }
    const auto header = format::load<format::SchemaHeader>(*record);
    schemas().add(SchemaId{header.id}, {*record + sizeof header, header.prefix.ordinal}, location);
  }
  return {};
}

void LogIndex::add_covered(std::shared_ptr<const IndexedSegment> segment, std::shared_ptr<const TableSlot> table) {
  auto changed = *view_;
  changed.segments.push_back(std::move(segment));
  changed.tables.push_back(std::move(table));
  exchange(std::move(changed));
  add_schemas_later();
}

void LogIndex::adopt(const std::shared_ptr<const IndexedSegment>& segment, std::shared_ptr<const TableSlot> table) {
  auto changed = *view_;
  const auto number = segment->number();
  const auto known = std::find_if(changed.segments.begin(), changed.segments.end(),
                                  [&](const auto& other) { return other->number() == number; });
  const auto next =
      changed.segments.empty() ? changed.tails.front()->before().next() : changed.segments.back()->last().next();
  if (known == changed.segments.end() && segment->first() != next) return;
  if (known == changed.segments.end())
    changed.segments.push_back(segment);
  else
    *known = segment;
  if (table != nullptr) {
    const auto known_table = std::find_if(changed.tables.begin(), changed.tables.end(), [&](const auto& other) {
      return other->place().first_segment <= number && number <= other->place().last_segment;
    });
    if (known_table == changed.tables.end())
      changed.tables.push_back(std::move(table));
    else
      *known_table = std::move(table);
  }
  std::erase_if(changed.tails,
                [&](const auto& tail) { return tail != view_->tails.back() && tail->last() <= segment->last(); });
  exchange(std::move(changed));
}

void LogIndex::take_over(std::vector<std::shared_ptr<const IndexedSegment>> segments,
                         std::vector<std::shared_ptr<const TableSlot>> tables) {
  auto changed = *view_;
  const auto last = segments.back()->last();
  std::erase_if(changed.tails, [&](const auto& tail) { return tail != view_->tails.back() && tail->last() <= last; });
  changed.segments = std::move(segments);
  changed.tables = std::move(tables);
  exchange(std::move(changed));
}

void LogIndex::expire(std::shared_ptr<const Expired> expired) {
  auto changed = *view_;
  const auto last = expired->last_segment();
  std::erase_if(changed.segments, [&](const auto& segment) { return segment->number() <= last; });
  std::erase_if(changed.tables, [&](const auto& table) { return table->place().last_segment <= last; });
  if (!changed.tables.empty() && changed.tables.front()->place().first_segment <= last)
    changed.tables.front() = changed.tables.front()->from(last + 1);
  std::fill_n(changed.blocks.begin(), std::min<std::size_t>(last, changed.blocks.size()), nullptr);
  std::erase_if(changed.tails, [&](const auto& tail) { return tail->before() < expired->last(); });
  changed.expired = std::move(expired);
  exchange(std::move(changed));
  add_schemas_later();
}

void LogIndex::reopen(std::span<const std::shared_ptr<const IndexedSegment>> segments) {
  auto changed = *view_;
  for (const auto& fresh : segments) {
    const auto known = std::find_if(changed.segments.begin(), changed.segments.end(),
                                    [&](const auto& segment) { return segment->number() == fresh->number(); });
    *known = fresh;
    changed.blocks[fresh->number() - 1] = fresh->segment();
  }
  for (auto& table : changed.tables) table = table->with(changed.segments);
  exchange(std::move(changed));
  add_schemas_later();
}

void LogIndex::let_go(KeptOpen& kept) {
  auto changed = *view_;
  for (auto& segment : changed.segments) {
    if (!segment->is_finished()) continue;
    segment = segment->closed();
    changed.blocks[segment->number() - 1] = segment->segment();
  }
  for (auto& table : changed.tables) table = table->with(changed.segments);
  exchange(std::move(changed));
  if (!schemas().is_complete()) add_schemas_later();  // from this view: the function holds on to one
  kept.begin_anew();
}

void LogIndex::merge_tables(std::shared_ptr<const TableSlot> merged) {
  auto changed = *view_;
  const auto place = merged->place();
  const auto is_merged = [&](const auto& known) {
    return place.first_segment <= known->place().first_segment && known->place().last_segment <= place.last_segment;
  };
  const auto at = std::find_if(changed.tables.begin(), changed.tables.end(), is_merged);
  *at = merged;
  changed.tables.erase(std::remove_if(at + 1, changed.tables.end(), is_merged), changed.tables.end());
  exchange(std::move(changed));
}

void LogIndex::add_block(std::uint32_t number, std::shared_ptr<const Block> block) {
  auto changed = *view_;
  changed.blocks.resize(std::max<std::size_t>(changed.blocks.size(), number));
  changed.blocks[number - 1] = std::move(block);
  changed.tails.push_back(std::make_shared<TailIndex>(changed.last(), changed.hashing));
  exchange(std::move(changed));
}

void LogIndex::add_commit(const std::byte* commit, format::Location location) {
  schemas().add_commit(commit, location);
  tail().add_commit(commit, location);
}

void LogIndex::add(Damage damage) {
  auto changed = *view_;
  if (changed.tails.empty()) changed.tails.push_back(std::make_shared<TailIndex>(changed.last(), changed.hashing));
  changed.tails.back()->add_lost(damage.last);
  changed.damages->add(std::move(damage));
  exchange(std::move(changed));
}

}  // namespace eventstore::engine
