#pragma once
// Which of the files that have a segment's name are segments of the log. A name proves nothing: somebody may have put
// the file there. What proves it is the header, which names the store and the number.
#include "store_files.hpp"

namespace eventstore::engine {

/// A file that has the name of a segment, and is not that segment.
struct StraySegment {
  std::uint32_t number = 0;
  std::string path{};
  std::string what{};  ///< why it is not that segment
};

/// What stands under the names of segments.
struct SegmentList {
  std::vector<std::uint32_t> numbers{};  ///< the log's, archived ones too, ascending; empty if no file has such a name
  std::vector<StraySegment> strays{};    ///< behind them, ascending

  /// The last number up to which each file follows the one before, strays too: no end of the log is behind it.
  [[nodiscard]] std::uint32_t last_in_row() const;
  /// That it is not proven where the log ends. The last segment is finished, so the log may go on in the first stray,
  /// of which the header may be damaged. A segment that is not finished has no next one: then strays mean nothing.
  [[nodiscard]] Error unproven() const;
};

/// A file behind the last whole header is a segment all the same if the disk cannot read it, if a newer version wrote
/// it, or if its first megabyte has commits of this store and number. Where no header is whole, the first file counts
/// as a segment, so that its flaw is reported. Errors: those of listing the files. Cost: lists the files, and reads the
/// last header; for each stray a header and a megabyte.
[[nodiscard]] Result<SegmentList> list_segments(const StoreFiles& store, const Uuid& store_id);

/// Whether the header of the segment behind `number` may be believed: it says where segment `number` ends. If it is of
/// another history of this store, segment `number` has events that it does not know, and nobody would see them. Damage
/// at the end of segment `number` is no error here. Errors: corrupt_record, naming the segment behind. Cost: finds the
/// finish mark from the end; reads the segment if it is not there.
[[nodiscard]] Result<void> check_continued(const StoreFiles& store, std::uint32_t number,
                                           const format::SegmentHeader& next);

/// Success if no file has the name of segment `number`, or only the begun segment, without a commit, that a failed call
/// may leave. Errors: io_failed, naming the file that is in the way; newer_format. Cost: looks for two files.
[[nodiscard]] Result<void> check_free(const StoreFiles& store, std::uint32_t number, const Uuid& store_id);

}  // namespace eventstore::engine
