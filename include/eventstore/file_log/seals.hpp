#pragma once
// Seals: a digest of every event of a finished segment, chained from segment to segment. docs/operate/verify.md says
// what they prove, and docs/reference/file-format.md says how they are stored.
#include <eventstore/file_log/digest.hpp>
#include <eventstore/os/file_system.hpp>
#include <optional>
#include <stop_token>

namespace eventstore {
inline namespace v1 {

/// The end of a chain of seals.
struct ChainHead {
  Digest digest{};            ///< stands for every event up to `covered_to`: keep it in another place
  std::uint32_t segment = 0;  ///< the last segment that has a seal; 0: none has
  Position covered_to{};
  friend bool operator==(const ChainHead&, const ChainHead&) = default;
};

struct SealsMade {
  std::uint32_t made = 0;
  ChainHead head{};
};

/// Makes the missing seals of all finished segments, in the order of the segments. An existing seal is never written
/// again. After segments that retention dropped, the chain continues from the kept headers of their seals; if they had
/// no seals, a new chain begins. Errors: not_found (no store); corrupt_record, where a segment or a seal is damaged, or
/// where a later seal shows that the segment is not the one that was sealed; newer_format; stopped; those of the files.
/// Seals that were made before an error stay. Threads: any; also while another process writes or makes seals. Cost:
/// reads each segment without a seal once, and hashes it; the header of each seal; 32 bytes of memory an event of one
/// segment.
Result<SealsMade> make_missing_seals(FileSystem& files, const std::string& directory, const std::stop_token& stop = {});

}  // namespace v1
}  // namespace eventstore
