#pragma once
// The streams of segments that are to be dropped, each with its last version: gathered from the log itself, not from
// index files.
#include <string>
#include <unordered_map>

#include "../index/expired.hpp"

namespace eventstore::engine {

class IndexedSegment;

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

  /// Writes the table of all streams, including those that were dropped earlier. Errors: too_large; io_failed,
  /// out_of_space.
  Result<void> write(const IndexIdentity& identity, FileSystem& files, const std::string& path) const;

 private:
  struct Stream {
    std::string organization{};
    std::uint64_t last_version = 0;
    format::Location location{};  // of its last event
    Position first{};
    Position last{};
  };
  struct Line;

  [[nodiscard]] Result<Stream*> stream(std::string_view name);
  Result<void> add(const std::byte* record, format::Location location);
  Result<void> write(const std::vector<Line>& lines, IndexSink& sink, const IndexIdentity& identity) const;
  [[nodiscard]] Result<std::vector<Line>> lines() const;

  const Expired* before_;
  std::unordered_map<std::string, Stream> streams_;
  Position last_{};
  std::uint32_t end_ = 0;
  std::uint64_t last_event_checksum_ = 0;
};

}  // namespace eventstore::engine
