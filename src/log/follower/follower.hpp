#pragma once
// Walks the segments, checks every commit once, and adds it to the index: at opening, and after a writer elsewhere.
#include "../bytes/commit_check.hpp"
#include "../files/read_ahead.hpp"
#include "../files/store_files.hpp"
#include "../index/index_loader.hpp"
#include "../reading/log_index.hpp"

namespace eventstore::engine {

/// Threads: one at a time.
class Follower {
 public:
  /// The end of the log, as far as it was followed.
  struct Tail {
    std::shared_ptr<Segment> segment{};
    format::Location end{};  ///< of the next commit
    std::uint32_t generation = 0;
    bool is_finished = true;
    bool needs_mark = false;  ///< nothing states that the last commit is on the disk
    std::uint64_t checksum = 0;
    std::uint64_t next_position = 1;
    std::int64_t recorded_at = std::numeric_limits<std::int64_t>::min();
    format::Location proven{};  ///< the latest synced end that a commit states
  };

  Follower(const StoreFiles& store, LogIndex& index, const Uuid& store_id, OpenMode mode)
      : store_{store}, index_{index}, store_id_{store_id}, mode_{mode} {}

  /// Begins after the commits that index files cover, which are taken into the index. Call it before all other members.
  Result<void> begin_after(LoadedIndexes& loaded);

  /// Takes in segments that were dropped since. If the follower had not reached their end, it continues after them.
  void expire(const std::shared_ptr<const Expired>& expired);

  /// Continues up to `limit`. A flaw in a segment before the limit's is damage, and is passed over. A flaw in the
  /// limit's own segment is reported, and the follower stops there. Errors: newer_format, io_failed, and corrupt_record
  /// where the limit's segment cannot be opened; expired where a segment was dropped since.
  Result<std::optional<std::string>> follow(format::Location limit);

  /// Whether a commit past the tail's end states that the bytes at the end were synced. Then these bytes are damage,
  /// and are recorded as such. Cost: reads the rest of the segment.
  Result<std::optional<Error>> find_damage_at_end(std::string_view flaw);

  /// Records that the events from the end up to `last` were promised and cannot be read.
  Error add_damage_at_end(std::string_view flaw, Position last);

  [[nodiscard]] const Tail& tail() const { return tail_; }
  /// For the writer, which extends the log itself.
  Tail& tail_to_extend() { return tail_; }
  /// Continues in the next segment, which must exist.
  Result<void> enter_next_segment();

 private:
  struct Gap {
    Position first;
    format::Location location;
    std::string path;
    std::string reason;
  };

  [[nodiscard]] ExpectedCommit expected_at(format::Location location) const;
  Result<void> enter(std::uint32_t number, bool is_limit);
  Result<void> enter(std::uint32_t number, std::shared_ptr<Segment> opened);
  void stand_after(const FinishedSegment& place, bool is_finished);
  [[nodiscard]] Result<std::uint64_t> end_in_segment(format::Location limit) const;
  Result<Flaw> next_flaw(std::uint64_t end);
  [[nodiscard]] Result<Bytes> rest_of_segment(std::uint64_t end) const;
  void take_commit(BytesView bytes);
  void open_gap(const std::string& path, format::Location location, std::string_view reason);
  void close_gap(std::uint64_t next_position, std::uint32_t number);
  Result<void> find_next_commit(std::uint64_t end);

  const StoreFiles& store_;
  LogIndex& index_;
  const Uuid store_id_;
  const OpenMode mode_;
  Tail tail_;
  std::optional<Gap> gap_;  // damage whose end has not been found yet
  ReadAhead ahead_;
  BytesView commit_{};  // the next one, in ahead_
};

}  // namespace eventstore::engine
