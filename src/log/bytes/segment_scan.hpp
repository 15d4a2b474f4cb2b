#pragma once
// Goes through one segment from its header to its end, checking every commit; past damage, to the next commit that is
// whole.
#include <eventstore/core/function_ref.hpp>

#include "damage_list.hpp"

namespace eventstore::engine {

/// Which part of a segment to go through.
struct ScanRange {
  std::uint32_t end = 0;            ///< where it ends at the latest: after its finish mark, or here
  std::uint64_t next_position = 0;  ///< of the first event after that; positions before it that are not there are lost
  std::uint64_t checksum = 0;       ///< that the next segment says it continues; 0: not known
};

/// What a segment holds.
struct ScannedSegment {
  std::uint32_t end = 0;       ///< offset behind the last commit
  std::uint64_t count = 0;     ///< of positions, those lost among them
  std::uint64_t checksum = 0;  ///< chained, of the last commit
  std::int64_t first_recorded_at = 0;
  std::int64_t last_recorded_at = 0;
  bool is_finished = false;
  std::vector<Damage> damages;
};

/// Called with each whole commit and its offset, in order.
using CommitVisitor = FunctionRef<void(const std::byte*, std::uint32_t)>;
/// Called with a position: events up to it that no call gave before are lost.
using LossVisitor = FunctionRef<void(Position)>;

/// `segment` begins with a checked header and reaches to `range.end` at least. Errors: newer_format.
/// Cost: reads it once.
Result<ScannedSegment> scan_segment(BytesView segment, const std::string& path, const ScanRange& range,
                                    CommitVisitor each, LossVisitor lost);

}  // namespace eventstore::engine
