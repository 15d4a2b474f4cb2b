#pragma once
// A segment's commits, one after another, each checked in memory of its own. So the checked bytes are the copied bytes,
// also while a writer appends to the same file.
#include "../bytes/commit_check.hpp"
#include "read_ahead.hpp"
#include "store_files.hpp"

namespace eventstore::engine {

/// Threads: one at a time.
class CommitReader {
 public:
  /// The state after the commits that were read.
  struct End {
    std::uint64_t offset = 0;  ///< of the next commit
    std::uint64_t last_commit = 0;
    std::uint64_t chain = 0;
    std::uint64_t next_position = 0;
    std::int64_t recorded_at = 0;
    bool is_finished = false;
  };

  /// From the first commit, up to the offset `limit`. `segment` outlives this.
  CommitReader(const Segment& segment, std::uint64_t limit);
  /// From the commit that follows `known`.
  CommitReader(const Segment& segment, std::uint64_t limit, const End& known);

  /// The next commit; empty after the finish mark and at the limit. Lifetime: until the next call.
  /// Errors: corrupt_record, naming file and offset; newer_format; io_failed. After an error, end() is the offset of
  /// the damage.
  Result<BytesView> next();
  [[nodiscard]] const End& end() const { return end_; }

 private:
  Result<BytesView> bytes_at_end(std::size_t wanted);
  [[nodiscard]] tl::unexpected<Error> flawed(const Flaw& flaw) const;

  const Segment& segment_;
  const format::SegmentHeader header_;
  const std::uint64_t limit_;
  End end_;
  ReadAhead ahead_;
};

}  // namespace eventstore::engine
