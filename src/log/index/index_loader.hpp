#pragma once
// The contents of a store's index files, loaded when it is opened.
#include "expired.hpp"
#include "index_slots.hpp"

namespace eventstore::engine {

/// FinishedSegment::end of a segment that was not read yet: the end of its file. It is in no index file.
inline constexpr std::uint32_t unknown_end = ~std::uint32_t{0};

/// The finished segments, the tables over them, and the covered part of the last segment.
struct LoadedIndexes {
  std::shared_ptr<const Expired> expired{};  ///< the dropped segments before them; null for none
  std::vector<std::shared_ptr<const IndexedSegment>> segments{};
  std::vector<std::shared_ptr<const TableSlot>> tables{};
  std::uint32_t last_segment = 0;  ///< the last one, if it is not among `segments`; otherwise 0
  /// Of the last segment, up to a commit that was on the disk; null if there is none.
  std::shared_ptr<const IndexedSegment> tail{};
  std::shared_ptr<const TableSlot> tail_table{};
  std::optional<MappedSegment> opened{};  ///< the segment that `tail` covers
  bool is_from_catalog = false;           ///< false: it was made from the segments, and a catalog must be written
};

/// Reads the statement of dropped segments, and the catalog or, without a catalog, the segments. Files that are stale
/// or of another log are not used. `mode` is that in which the last segment is opened. Errors: corrupt_record, if there
/// is no segment at all, the statement is damaged, or a file may be the last segment or a stray; newer_format;
/// io_failed. Cost: O(1) if the catalog is right, otherwise a look at each segment's header; no segment is read.
Result<LoadedIndexes> load_indexes(const StoreFiles& store, const Uuid& store_id, OpenMode mode,
                                   const std::shared_ptr<DamageList>& damages);

/// The catalog of `segments` and `tables`, up to the first segment that is not finished or was not read yet.
Catalog catalog_of(const Uuid& store_id, std::span<const std::shared_ptr<const IndexedSegment>> segments,
                   std::span<const std::shared_ptr<const TableSlot>> tables);

}  // namespace eventstore::engine
