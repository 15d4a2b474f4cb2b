#pragma once
// What the index files of a store make known when it is opened.
#include "expired.hpp"
#include "index_slots.hpp"

namespace eventstore::engine {

/// FinishedSegment::end of a segment that was not read yet: as far as its file goes. It is in no index file.
inline constexpr std::uint32_t unknown_end = ~std::uint32_t{0};

/// The finished segments, the tables over them, and how far the last segment is covered too.
struct LoadedIndexes {
  std::shared_ptr<const Expired> expired{};  ///< what came before the segments; null for nothing
  std::vector<std::shared_ptr<const IndexedSegment>> segments{};
  std::vector<std::shared_ptr<const TableSlot>> tables{};
  std::uint32_t last_segment = 0;  ///< the last file there is, where it is not among `segments`; else 0
  /// Of the last segment, up to a commit that was on the disk; null where nothing is known of it.
  std::shared_ptr<const IndexedSegment> tail{};
  std::shared_ptr<const TableSlot> tail_table{};
  bool is_from_catalog = false;  ///< else it was put together from the segments, and a catalog is to be written
};

/// Reads what was dropped, and the catalog, or what it could be made of. What is stale or of another log is not used.
/// Errors: corrupt_record, where there is no segment at all, or what was dropped cannot be told; newer_format;
/// io_failed. Cost: O(1) where the catalog is right, else a look at each segment's header; no segment is read.
Result<LoadedIndexes> load_indexes(const StoreFiles& store, const Uuid& store_id,
                                   const std::shared_ptr<DamageList>& damages);

/// The catalog of what is in `segments` and `tables`, up to the first segment that is not finished or was not read yet.
Catalog catalog_of(const Uuid& store_id, std::span<const std::shared_ptr<const IndexedSegment>> segments,
                   std::span<const std::shared_ptr<const TableSlot>> tables);

}  // namespace eventstore::engine
