#pragma once
// Makes the index files of segments from the segments.
#include "../bytes/segment_scan.hpp"
#include "catalog.hpp"
#include "segment_index.hpp"
#include "table.hpp"

namespace eventstore::engine {

/// The contents of one segment's index files.
struct MadeIndexes {
  FinishedSegment segment{};  ///< its `end` is the end of the covered part, finished or not
  bool is_finished = false;
  Bytes index{};
  Bytes table{};
  std::vector<Damage> damages{};
};

/// Makes the index and the table of one segment: the same bytes for the same segment and the same version of tables.
/// Errors: those of scan_segment. Memory: some 60 bytes an event. Cost: reads the range once.
Result<MadeIndexes> make_indexes(BytesView segment, const std::string& path, const ScanRange& range,
                                 std::uint32_t table_version = format::seeded_table_version);

/// Makes one table of several consecutive segments, from their undamaged parts. Errors and cost likewise.
struct SegmentToScan {
  BytesView bytes;
  std::string path;
  ScanRange range;
};
struct MadeTable {
  Bytes table{};
  std::vector<Damage> damages{};
};
Result<MadeTable> make_table(std::span<const SegmentToScan> segments, const IndexIdentity& identity,
                             std::uint32_t table_version = format::seeded_table_version);

}  // namespace eventstore::engine
