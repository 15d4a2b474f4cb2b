#include "log_index.hpp"

#include <algorithm>

namespace eventstore::inline v1 {

void LogIndex::exchange(View changed) {
  auto view = std::make_shared<const View>(std::move(changed));
  read_side_.exchange(view);
  view_ = std::move(view);
}

void LogIndex::load(std::vector<std::shared_ptr<const IndexedSegment>> segments,
                    std::vector<std::shared_ptr<const TableSlot>> tables) {
  auto changed = *view_;
  if (!segments.empty()) changed.blocks.resize(segments.back()->number());
  for (const auto& segment : segments) changed.blocks[segment->number() - 1] = segment->segment();
  changed.segments = std::move(segments);
  changed.tables = std::move(tables);
  exchange(std::move(changed));
  add_schemas_later();
}

// The schemas of what index files cover are read when one is asked for.
void LogIndex::add_schemas_later() {
  schemas().add_later([this, view = view_]() -> Result<void> {
    for (const auto& segment : view->segments) {
      EVENTSTORE_TRY_ASSIGN(const auto* index, segment->index());
      if (const auto tried = index->schemas(); !tried) {
        EVENTSTORE_TRY(view->remake_index(tried.error()));
        EVENTSTORE_TRY_ASSIGN(index, segment->index());
      }
      EVENTSTORE_TRY_ASSIGN(const auto places, index->schemas());
      for (const auto& place : places) {
        const format::Location location{segment->number(), place.offset};
        auto record = segment->segment()->check(place.offset, format::RecordKind::schema);
        if (!record) return failure_of(record);
        const auto header = format::load<format::SchemaHeader>(*record);
        schemas().add(SchemaId{header.id}, {*record + sizeof header, header.prefix.ordinal}, location);
      }
    }
    return {};
  });
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
  changed.tails.push_back(std::make_shared<TailIndex>(changed.last()));
  exchange(std::move(changed));
}

void LogIndex::add_commit(format::Location commit) {
  const auto* const bytes = bytes_at(commit);
  schemas().add_commit(bytes, commit);
  tail().add_commit(bytes, commit);
}

void LogIndex::add(Damage damage) {
  auto changed = *view_;
  if (changed.tails.empty()) changed.tails.push_back(std::make_shared<TailIndex>(changed.last()));
  changed.tails.back()->add_lost(damage.last);
  changed.damages->add(std::move(damage));
  exchange(std::move(changed));
}

}  // namespace eventstore::inline v1
