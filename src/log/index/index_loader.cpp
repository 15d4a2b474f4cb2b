#include "index_loader.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include "../bytes/commit_check.hpp"
#include "../files/segment_list.hpp"

namespace eventstore::engine {
namespace {

constexpr std::size_t catalog_bytes_max = std::size_t{256} * 1024 * 1024;

class Loader {
 public:
  Loader(const StoreFiles& store, const Uuid& store_id, OpenMode mode, const std::shared_ptr<DamageList>& damages)
      : store_{store}, store_id_{store_id}, mode_{mode}, damages_{damages} {}

  Result<LoadedIndexes> load() {
    // In this order: retention states what it drops before it writes a catalog without it.
    auto stored = read_catalog();
    EVENTSTORE_TRY_ASSIGN(loaded_.expired, load_expired(store_, store_id_));
    EVENTSTORE_TRY_ASSIGN(const auto catalog, usable(std::move(stored)));
    loaded_.is_from_catalog = catalog.has_value();
    if (catalog) {
      for (const auto& place : catalog->segments) add(place);
      for (const auto& table : catalog->tables) add(table);
    }
    EVENTSTORE_TRY(add_newer());
    EVENTSTORE_TRY(load_tail());
    return std::move(loaded_);
  }

 private:
  std::uint32_t first_segment() const { return loaded_.segments.empty() ? 0 : loaded_.segments.front()->number(); }

  std::shared_ptr<const IndexedSegment> indexed(const FinishedSegment& place, bool is_finished) const {
    return std::make_shared<IndexedSegment>(
        store_, store_id_, std::make_shared<Segment>(store_, place.number, store_id_), place, is_finished, damages_);
  }
  void add(const FinishedSegment& place) { loaded_.segments.push_back(indexed(place, true)); }
  void add(const TableInForce& table) {
    const auto begin = loaded_.segments.begin() + (table.first_segment - first_segment());
    const auto end = loaded_.segments.begin() + (table.last_segment - first_segment() + 1);
    loaded_.tables.push_back(std::make_shared<TableSlot>(
        store_, std::vector<std::shared_ptr<const IndexedSegment>>{begin, end}, table.level));
  }

  // Nothing where there is no catalog, or one that is damaged or cannot be read.
  std::optional<Catalog> read_catalog() const {
    const auto path = store_.path("catalog");
    auto file = store_.files().open(path, OpenMode::read);
    if (!file) return std::nullopt;
    const auto bytes = read_whole(**file, catalog_bytes_max);
    if (!bytes) return std::nullopt;
    auto catalog = decode_catalog(*bytes, path);
    if (!catalog) return std::nullopt;
    return std::move(*catalog);
  }

  // Nothing where it is not of this log.
  Result<std::optional<Catalog>> usable(std::optional<Catalog> catalog) {
    if (!catalog || catalog->store_id != store_id_ || !is_whole(*catalog)) return std::nullopt;
    if (!leave_out_expired(*catalog)) return std::nullopt;
    if (catalog->segments.empty()) return std::nullopt;
    // A segment counts as finished once the next one is there: a catalog that says otherwise is of a log that went on.
    const auto number = catalog->segments.back().number + 1;
    open(number);
    EVENTSTORE_TRY_ASSIGN(const bool has_next, exists(number));
    if (!has_next) return std::nullopt;
    EVENTSTORE_TRY_ASSIGN(const auto next, header_of(number));
    if (next && !continues(*next, catalog->segments.back())) return std::nullopt;
    return catalog;
  }

  // The catalog may be older than the last drop. False if it is not of this log.
  bool leave_out_expired(Catalog& catalog) const {
    const auto last = expired_place().number;
    std::erase_if(catalog.segments, [&](const auto& segment) { return segment.number <= last; });
    std::erase_if(catalog.tables, [&](const auto& table) { return table.last_segment <= last; });
    if (!catalog.tables.empty())
      catalog.tables.front().first_segment = std::max(catalog.tables.front().first_segment, last + 1);
    if (catalog.segments.empty()) return true;
    const auto& next = catalog.segments.front();
    if (loaded_.expired == nullptr) return next.number == 1;  // otherwise the statement of dropped segments is missing
    return next.number == last + 1 && next.first_position == loaded_.expired->last().value + 1 &&
           next.generation == loaded_.expired->header.generation + 1;
  }

  // Of the last dropped segment; number 0 if there is none.
  FinishedSegment expired_place() const {
    return loaded_.expired == nullptr ? FinishedSegment{} : loaded_.expired->place();
  }

  // Whether its segments follow one another and its tables cover them.
  static bool is_whole(const Catalog& catalog) {
    for (std::size_t i = 1; i < catalog.segments.size(); ++i) {
      const auto& before = catalog.segments[i - 1];
      const auto& here = catalog.segments[i];
      if (here.number != before.number + 1 || here.first_position != before.first_position + before.count) return false;
    }
    auto next = catalog.segments.empty() ? 0 : catalog.segments.front().number;
    for (const auto& table : catalog.tables) {
      if (table.first_segment != next) return false;
      next = table.last_segment + 1;
    }
    return catalog.segments.empty() || next == catalog.segments.back().number + 1;
  }

  static bool continues(const format::SegmentHeader& next, const FinishedSegment& before) {
    return next.previous_checksum == before.checksum && next.generation == before.generation + 1 &&
           next.first_position == before.first_position + before.count;
  }

  // Most often the last segment, of which the header is wanted first. Code that needs it gets the error.
  void open(std::uint32_t number) {
    if (is_open(number)) return;
    if (auto opened = store_.map_segment(number, store_id_, mode_)) opened_ = std::move(*opened);
  }
  bool is_open(std::uint32_t number) const { return opened_ && opened_->header.number == number; }

  // Absent if there is no such segment. A damaged segment reports its damage to the code that needs it.
  Result<std::optional<format::SegmentHeader>> header_of(std::uint32_t number) const {
    if (is_open(number)) return opened_->header;
    auto header = store_.read_segment_header(number, store_id_);
    if (header) return *header;
    if (header.error().code == Errc::not_found || header.error().code == Errc::corrupt_record) return std::nullopt;
    return failure_of(header);
  }

  Result<bool> exists(std::uint32_t number) const {
    if (is_open(number)) return true;
    for (const auto& path : {store_.segment_path(number), store_.archive_path(number)}) {
      const auto file = store_.files().open(path, OpenMode::read);
      if (file) return true;
      if (file.error().os_errno == ELOOP) return true;  // a link that leads to itself
      if (file.error().code != Errc::not_found) return tl::unexpected<Error>{file.error()};
    }
    return false;
  }

  // Sealed segments that the catalog does not know, and which segment is the last.
  Result<void> add_newer() {
    const auto before_known = loaded_.segments.empty() ? expired_place() : loaded_.segments.back()->place();
    const auto known = before_known.number;
    if (!loaded_.segments.empty()) {
      EVENTSTORE_TRY_ASSIGN(const bool has_next, exists(known + 1));
      EVENTSTORE_TRY_ASSIGN(const bool has_more, exists(known + 2));
      loaded_.last_segment = has_next ? known + 1 : 0;
      if (!has_more) return {};
    }
    EVENTSTORE_TRY_ASSIGN(const auto list, list_segments(store_, store_id_));
    const auto& numbers = list.numbers;
    if (numbers.empty())
      return failure(Errc::corrupt_record, "open", store_.path("segments"), "the store has a manifest but no segment");
    if (numbers.back() <= known && !list.strays.empty()) return failure(list.unproven());
    if (numbers.back() <= known)
      return failure(Errc::corrupt_record, "open", store_.segment_path(known + 1), "the file is missing");
    loaded_.last_segment = numbers.back();
    loaded_.is_from_catalog = false;
    // Without it nobody knows how many events the segment before has, and taking it for empty would hide them.
    auto last = store_.read_segment_header(numbers.back(), store_id_);
    if (!last && last.error().code == Errc::not_found)
      last.error() = {Errc::corrupt_record, "open", store_.segment_path(numbers.back()), "the file is missing"};
    if (!last) return failure_of(last);
    if (numbers.back() - 1 > known) EVENTSTORE_TRY(check_continued(store_, numbers.back() - 1, *last));
    auto before = before_known;
    std::optional<format::SegmentHeader> header;
    EVENTSTORE_TRY_ASSIGN(header, header_of(known + 1));
    for (auto number = known + 1; number < numbers.back(); ++number) {
      auto end = number + 1;  // of the segments up to the next one that can be opened
      EVENTSTORE_TRY_ASSIGN(auto next, header_of(end));
      while (!next && end < numbers.back()) {
        EVENTSTORE_TRY_ASSIGN(next, header_of(++end));
      }
      const auto next_position = next ? next->first_position : before.first_position + before.count;
      EVENTSTORE_TRY_ASSIGN(before,
                            place_of(number, header, end == number + 1 ? next : std::nullopt, before, next_position));
      add(before);
      add(TableInForce{number, number, 0, 0});
      header = end == number + 1 ? next : std::nullopt;
      if (!header && number + 1 < numbers.back()) {
        EVENTSTORE_TRY_ASSIGN(header, header_of(number + 1));
      }
    }
    return {};
  }

  // Where a finished segment stands, by its own header and the next one's.
  Result<FinishedSegment> place_of(std::uint32_t number, const std::optional<format::SegmentHeader>& header,
                                   const std::optional<format::SegmentHeader>& next, const FinishedSegment& before,
                                   std::uint64_t next_position) const {
    FinishedSegment place;
    place.number = number;
    place.generation = header ? header->generation : before.generation + 1;
    place.first_position = number == 1 ? 1 : before.first_position + before.count;
    place.count = std::min(std::max(next_position, place.first_position) - place.first_position,
                           header ? format::events_most(header->capacity) : format::events_in_segment_most);
    place.checksum = next ? next->previous_checksum : 0;
    place.first_recorded_at = header ? header->recorded_at : before.last_recorded_at;
    place.last_recorded_at = next ? next->recorded_at : place.first_recorded_at;
    place.end = unknown_end;
    if (!header) return place;
    if (const auto found = finished_index(number, *header, place)) return *found;
    return place;
  }

  // The contents of an index file, if it belongs to the segment.
  std::optional<FinishedSegment> finished_index(std::uint32_t number, const format::SegmentHeader& header,
                                                const FinishedSegment& place) const {
    const auto index = SegmentIndex::open(store_.files(), store_.index_path(number));
    if (!index) return std::nullopt;
    const auto& identity = (*index)->identity();
    const auto& extent = (*index)->extent();
    if (identity.store_id != store_id_ || identity.generation != header.generation || !identity.is_finished ||
        identity.last_checksum != place.checksum || (*index)->count() != place.count ||
        extent.first_position != Position{place.first_position})
      return std::nullopt;
    auto found = place;
    found.end = identity.end;
    found.first_recorded_at = extent.first_recorded_at.micros;
    found.last_recorded_at = extent.last_recorded_at.micros;
    return found;
  }

  // The cover of the last segment, where the commit that it ends with stands there.
  Result<void> load_tail() {
    const auto number = loaded_.last_segment;
    if (number == 0) return {};
    auto index = SegmentIndex::open(store_.files(), store_.index_path(number), store_.kept());
    if (!index) return {};
    open(number);
    if (!is_open(number)) return {};
    const auto& header = opened_->header;
    const auto& identity = (*index)->identity();
    const auto& extent = (*index)->extent();
    if (identity.store_id != store_id_ || identity.generation != header.generation || identity.end > opened_->size ||
        extent.first_position != Position{header.first_position} || !ends_there(identity))
      return {};
    const FinishedSegment place{
        number,       header.generation,      header.first_position,           (*index)->count(),
        identity.end, identity.last_checksum, extent.first_recorded_at.micros, extent.last_recorded_at.micros};
    auto tail = indexed(place, identity.is_finished);
    tail->take(std::move(*index));
    auto table = std::make_shared<TableSlot>(store_, std::vector{tail}, 0);
    if (!table->is_on_disk()) return {};
    loaded_.tail = std::move(tail);
    loaded_.tail_table = std::move(table);
    loaded_.opened = std::move(opened_);
    return {};
  }

  // Whether the log has the last commit that a cover knows: the commit behind it says so, if there is one.
  bool ends_there(const IndexIdentity& identity) const {
    std::array<std::byte, sizeof(format::CommitHeader)> behind{};
    const auto got = read_all(*opened_->file, identity.end, behind);
    const ExpectedCommit expected{.store_fold = format::fold(store_id_),
                                  .location = format::Location{identity.last_segment, identity.end},
                                  .generation = identity.generation};
    const auto next = got && *got == behind.size() ? commit_header(behind, expected) : std::nullopt;
    if (next && next->previous_checksum == identity.last_checksum) return true;
    return ends_with(BytesView{opened_->mapping->data(), identity.end}, identity);
  }

  // The last commit is the one whose header names its own place and whose length leads to the end. Looked for from the
  // end, so that it costs no more than the last commit is long.
  static bool ends_with(BytesView covered, const IndexIdentity& identity) {
    using format::CommitHeader;
    if (covered.size() < sizeof(format::SegmentHeader) + sizeof(CommitHeader)) return false;
    for (auto at = covered.size() - sizeof(CommitHeader); at >= sizeof(format::SegmentHeader); at -= 8) {
      const auto header = format::load<CommitHeader>(covered.data() + at);
      if (header.magic != format::commit_magic || header.checksum != identity.last_checksum) continue;
      return header.checksum == format::header_checksum(header) && header.generation == identity.generation &&
             at + header.length == covered.size();
    }
    return false;
  }

  const StoreFiles& store_;
  const Uuid& store_id_;
  const OpenMode mode_;
  const std::shared_ptr<DamageList>& damages_;
  std::optional<MappedSegment> opened_;
  LoadedIndexes loaded_;
};

}  // namespace

Result<LoadedIndexes> load_indexes(const StoreFiles& store, const Uuid& store_id, OpenMode mode,
                                   const std::shared_ptr<DamageList>& damages) {
  return Loader{store, store_id, mode, damages}.load();
}

Catalog catalog_of(const Uuid& store_id, std::span<const std::shared_ptr<const IndexedSegment>> segments,
                   std::span<const std::shared_ptr<const TableSlot>> tables) {
  Catalog catalog{store_id, {}, {}};
  for (const auto& segment : segments) {
    if (!segment->is_finished() || segment->place().end == unknown_end) break;
    catalog.segments.push_back(segment->place());
  }
  for (const auto& table : tables)
    if (!catalog.segments.empty() && table->place().last_segment <= catalog.segments.back().number)
      catalog.tables.push_back(table->place());
  return catalog;
}

}  // namespace eventstore::engine
