#pragma once
// The streams of segments that are to be dropped, each with its last version: gathered from the log itself, not from
// index files.
#include <limits>
#include <string>
#include <unordered_map>

#include "../index/expired.hpp"

namespace eventstore::engine {

class IndexedSegment;

/// A stream as it stands after a drop. Lifetime: that of the DroppedStreams and of the table before.
struct DroppedStream {
  static constexpr std::uint64_t none = ~std::uint64_t{0};

  std::string_view name{};
  std::string_view organization{};
  std::uint64_t version = 0;
  format::Location location{};  // of its last event
  Position first{};
  Position last{};
  bool is_touched = false;             ///< by this drop, not only by earlier ones
  std::uint64_t earlier_rank = none;   ///< in the table of the earlier drops
  std::int64_t latest_created_at = 0;  ///< of the events that this drop takes
};

/// Threads: one at a time. Memory: some 150 bytes a stream. Throws bad_alloc.
class DroppedStreams {
 public:
  /// `before`: the segments that were dropped earlier; null for none. It outlives this object.
  explicit DroppedStreams(const Expired* before) : before_{before} {}

  /// Reads the next segment, checking every commit. Errors: corrupt_record, if any of it is damaged or does not
  /// continue the segment before; newer_format; those of opening it.
  Result<void> add(const IndexedSegment& segment);

  [[nodiscard]] Position last() const { return last_; }
  /// Offset behind the last commit that was added.
  [[nodiscard]] std::uint32_t end() const { return end_; }
  /// Chained, of the commit that holds last(); 0 where no event was added.
  [[nodiscard]] std::uint64_t last_event_checksum() const { return last_event_checksum_; }

  /// All streams, including those that were dropped earlier, in the order of their names. Errors: corrupt_record, for
  /// the table before.
  [[nodiscard]] Result<std::vector<DroppedStream>> all() const;

 private:
  struct Stream {
    std::string organization{};
    std::uint64_t last_version = 0;
    format::Location location{};  // of its last event
    Position first{};
    Position last{};
    std::uint64_t earlier_rank = DroppedStream::none;
    std::int64_t latest_created_at = std::numeric_limits<std::int64_t>::min();
  };

  [[nodiscard]] Result<Stream*> stream(std::string_view name);
  Result<void> add(const std::byte* record, format::Location location);

  const Expired* before_;
  std::unordered_map<std::string, Stream> streams_;
  Position last_{};
  std::uint32_t end_ = 0;
  std::uint64_t last_event_checksum_ = 0;
};

/// Writes the table of streams. Errors: too_large; io_failed, out_of_space.
Result<void> write_table(const std::vector<DroppedStream>& streams, const IndexIdentity& identity, FileSystem& files,
                         const std::string& path);

}  // namespace eventstore::engine
