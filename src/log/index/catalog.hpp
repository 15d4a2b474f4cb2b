#pragma once
// The file `catalog`: the finished segments and the tables in force, so that opening need not look at each of them.
#include <vector>

#include "index_format.hpp"

namespace eventstore::engine {

struct FinishedSegment {
  std::uint32_t number = 0;
  std::uint32_t generation = 0;
  std::uint64_t first_position = 0;
  std::uint64_t count = 0;     ///< of its positions, those lost to damage among them
  std::uint64_t end = 0;       ///< offset behind its last commit
  std::uint64_t checksum = 0;  ///< chained, of its last commit; 0: not known
  std::int64_t first_recorded_at = 0;
  std::int64_t last_recorded_at = 0;

  friend bool operator==(const FinishedSegment&, const FinishedSegment&) = default;
};

struct TableInForce {
  std::uint32_t first_segment = 0;
  std::uint32_t last_segment = 0;
  std::uint32_t level = 0;  ///< 0: of one segment; four of one level make one of the next
  std::uint32_t unused = 0;

  friend bool operator==(const TableInForce&, const TableInForce&) = default;
};

/// Segments ascend by number; tables ascend and have no segment in common.
struct Catalog {
  Uuid store_id{};
  std::vector<FinishedSegment> segments{};
  std::vector<TableInForce> tables{};

  friend bool operator==(const Catalog&, const Catalog&) = default;
};

/// The file's bytes; the same for the same catalog. Throws bad_alloc.
Bytes encode(const Catalog& catalog);
/// Errors: corrupt_record, `where` being `path`; newer_format. Allocates no more than `bytes` has entries for.
Result<Catalog> decode_catalog(BytesView bytes, const std::string& path);

}  // namespace eventstore::engine
