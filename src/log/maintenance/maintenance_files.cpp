// The index files, tables and catalog that maintenance makes.
#include <algorithm>

#include "../index/index_loader.hpp"
#include "../index/index_writer.hpp"
#include "../index/table_merge.hpp"
#include "maintenance.hpp"

namespace eventstore::engine {
namespace {

// So many tables of one level make one of the next.
constexpr std::size_t merged_tables = 4;

Result<MadeIndexes> indexes_of(const Segment& segment, const FinishedSegment& place) {
  EVENTSTORE_TRY_ASSIGN(const auto bytes, segment.bytes(place.end));
  EVENTSTORE_TRY_ASSIGN(auto made,
                        make_indexes(bytes, segment.path(),
                                     {static_cast<std::uint32_t>(bytes.size()), place.first_position + place.count}));
  // Zeros in the place of what cannot be read would look like damage.
  if (segment.has_failed()) return failure(unreadable("index", segment.path()));
  return made;
}

}  // namespace

Result<void> Maintenance::write_files(const MadeIndexes& made, bool with_table) const {
  const auto number = made.segment.number;
  EVENTSTORE_TRY(store_.files().make_directories(store_.path("tables")));
  if (with_table) EVENTSTORE_TRY(write_index_file(store_.files(), store_.table_path(number, number), made.table));
  return write_index_file(store_.files(), store_.index_path(number), made.index);
}

Result<void> Maintenance::index(const Job& job, bool is_locked) {
  EVENTSTORE_TRY_ASSIGN(const auto made, indexes_of(*job.segment, job.place));
  const auto damages = view(is_locked)->damages;
  for (const auto& damage : made.damages) damages->add(damage);
  // Files of a damaged segment would outlive its repair.
  const auto written = made.damages.empty() ? write_files(made, true) : Result<void>{};  // if not, all stays in memory
  auto segment = std::make_shared<IndexedSegment>(store_, store_id_, job.segment, made.segment, true, damages);
  auto table = std::make_shared<TableSlot>(store_, std::vector<std::shared_ptr<const IndexedSegment>>{segment}, 0);
  EVENTSTORE_TRY(segment->index());
  EVENTSTORE_TRY(table->table());
  store_.kept()->add_map();  // the segment's own
  change(is_locked, [&] { index_.adopt(segment, table); });
  EVENTSTORE_TRY(written);
  return write_catalog(is_locked);
}

// Makes all files that are missing, several segments at a time.
Result<void> Maintenance::rebuild(bool is_locked) {
  const auto now = view(is_locked);
  std::atomic<std::size_t> next{0};
  std::atomic<bool> has_changed{false};
  Mutex failing;
  std::optional<Error> failed;
  const auto work = [&] {
    for (auto i = next++; i < now->segments.size(); i = next++) {
      const auto rebuilt = rebuild_segment(*now, now->segments[i], is_locked);
      ++segments_done_;
      if (rebuilt && *rebuilt) has_changed = true;
      const std::lock_guard lock{failing};
      if (!rebuilt) failed = rebuilt.error();
    }
  };
  {
    std::vector<Thread> helpers;
    if (in_background_)
      for (unsigned i = 1; i < std::min(4U, hardware_threads()); ++i) helpers.emplace_back(work);
    work();
  }
  if (failed) return failure(*failed);
  const auto rebuilt = view(is_locked);
  for (const auto& table : rebuilt->tables) {
    // One over a segment that could not be read now does not know how far it reaches.
    const bool is_known = table->identity().end != unknown_end;
    if (!is_known || table->is_on_disk()) continue;
    // Also where one is in use: it may be of the file that the disk can no longer read.
    EVENTSTORE_TRY(table->remake());
    EVENTSTORE_TRY_ASSIGN(const auto* made, table->table());
    if (!rebuilt->damages->is_empty()) continue;  // it would outlive the repair
    EVENTSTORE_TRY(write_index_file(store_.files(), table->path(), made->file().bytes()));
    has_changed = true;
  }
  return has_changed ? write_catalog(is_locked) : Result<void>{};
}

// Whether a file was made.
Result<bool> Maintenance::rebuild_segment(const View& now, const std::shared_ptr<const IndexedSegment>& segment,
                                          bool is_locked) {
  const auto table = std::find_if(now.tables.begin(), now.tables.end(), [&](const auto& candidate) {
    return candidate->place().first_segment == segment->number() &&
           candidate->place().last_segment == segment->number();
  });
  const bool has_own_table = table != now.tables.end();
  if (segment->is_on_disk() && (!has_own_table || (*table)->is_on_disk())) return false;
  // Opened for this alone, so that not all segments stay mapped.
  const auto opened = segment->closed();
  auto from = opened->to_scan();
  if (!from) return false;  // code that needs the segment gets the error
  EVENTSTORE_TRY_ASSIGN(const auto made, make_indexes(from->bytes, from->path, from->range));
  EVENTSTORE_TRY(opened->check_readable());
  for (const auto& damage : made.damages) now.damages->add(damage);
  if (!made.damages.empty()) return false;
  EVENTSTORE_TRY(write_files(made, has_own_table));
  auto fresh = std::make_shared<IndexedSegment>(store_, store_id_, segment->segment(), made.segment,
                                                segment->is_finished(), now.damages);
  auto fresh_table =
      has_own_table ? std::make_shared<TableSlot>(store_, std::vector<std::shared_ptr<const IndexedSegment>>{fresh},
                                                  (*table)->place().level)
                    : nullptr;
  change(is_locked, [&] { index_.adopt(fresh, fresh_table); });
  return true;
}

void Maintenance::cover(const std::shared_ptr<const Segment>& segment, const FinishedSegment& place) {
  const auto written = [&]() -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(const auto made, indexes_of(*segment, place));
    return made.damages.empty() ? write_files(made, true) : Result<void>{};
  }();
  const std::lock_guard lock{jobs_mutex_};
  if (!written && !failure_) failure_ = written.error();
}

// One merge, if any is due. The inputs are removed after the catalog names the merged table.
Result<bool> Maintenance::merge_some(bool is_locked) {
  const auto now = view(is_locked);
  const auto& tables = now->tables;
  for (std::size_t end = tables.size(); end >= merged_tables; --end) {
    const std::span inputs{tables.data() + end - merged_tables, merged_tables};
    const auto level = inputs.front()->place().level;
    const bool is_due = std::all_of(inputs.begin(), inputs.end(), [&](const auto& input) {
      return input->place().level == level && input->identity().is_finished && input->is_on_disk();
    });
    if (!is_due) continue;
    auto merged = merge(inputs, is_locked);
    if (merged) return true;
    // A damaged table is made again, and merged then. If that fails too, the reason is another one.
    EVENTSTORE_TRY_ASSIGN(const bool is_remade, now->remake_index(merged.error()));
    if (!is_remade) return failure_of(merged);
    EVENTSTORE_TRY(merge(inputs, is_locked));
    return true;
  }
  return false;
}

Result<void> Maintenance::merge(std::span<const std::shared_ptr<const TableSlot>> inputs, bool is_locked) {
  std::vector<std::shared_ptr<const IndexedSegment>> segments;
  std::vector<std::shared_ptr<const Table>> tables;
  for (const auto& input : inputs) {
    segments.insert(segments.end(), input->segments().begin(), input->segments().end());
    EVENTSTORE_TRY_ASSIGN(const auto* const table, input->table());
    // Tables of version 1 are hashed without a seed.
    if (table->hashing() != Hashing::of_store(store_id_)) EVENTSTORE_TRY(input->remake());
    tables.push_back(input->shared_table());
  }
  auto merged = std::make_shared<TableSlot>(store_, std::move(segments), inputs.front()->place().level + 1);
  EVENTSTORE_TRY(engine::merge_tables(tables, store_.files(), merged->path()));
  EVENTSTORE_TRY(merged->table());
  change(is_locked, [&] { index_.merge_tables(merged); });
  EVENTSTORE_TRY(write_catalog(is_locked));
  for (const auto& input : inputs) EVENTSTORE_TRY(store_.files().remove(input->path()));
  return {};
}

Result<void> Maintenance::write_catalog(bool is_locked) {
  const auto now = view(is_locked);
  const auto bytes = encode(catalog_of(store_id_, now->segments, now->tables));
  return write_index_file(store_.files(), store_.path("catalog"), bytes);
}

// Tables that were merged, or half made, when a writer was cut off.
void Maintenance::remove_unused(bool is_locked) {
  const auto now = view(is_locked);
  const auto names = store_.files().list(store_.path("tables"));
  if (!names) return;
  for (const auto& name : *names) {
    const auto path = store_.path("tables/" + name);
    const bool is_used =
        std::any_of(now->tables.begin(), now->tables.end(), [&](const auto& table) { return table->path() == path; });
    if (!is_used) (void)store_.files().remove(path);  // it is in nobody's way
  }
}

}  // namespace eventstore::engine
