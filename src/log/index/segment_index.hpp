#pragma once
// The index of one segment, NAME.idx: ordinal -> offset, and the ordinals that a filter admits. The ordinal of an event
// is its position less the segment's first position.
#include <eventstore/log/event_log.hpp>
#include <eventstore/os/detail/threads.hpp>
#include <map>

#include "../files/kept_open.hpp"
#include "index_file.hpp"
#include "matches.hpp"

namespace eventstore::engine {

/// The contents of the files: docs/reference/index-format.md.
namespace format {

struct SchemaPlace {
  Uuid id{};
  std::uint32_t offset = 0;  ///< of the schema's record in the segment
  std::uint32_t unused = 0;
};
static_assert(sizeof(SchemaPlace) == 24);

struct BitmapPlace {
  std::uint64_t offset = 0;  ///< in the section of bitmaps
  std::uint32_t bytes = 0;
  std::uint32_t name_offset = 0;  ///< in the section of names
  std::uint16_t name_bytes = 0;
  std::uint16_t unused = 0;
  std::uint32_t count = 0;  ///< of its ordinals
};
static_assert(sizeof(BitmapPlace) == 24);

struct SegmentIndexLayout {
  enum Section : std::uint8_t { offsets, schemas, lost, places, names, bitmaps };
  enum Number : std::uint8_t {
    count,
    first_position,
    first_recorded_at,
    last_recorded_at,
    category_count,  // then types, organizations
  };
};

}  // namespace format

/// The facts about a segment that are not in its events.
struct SegmentExtent {
  Position first_position{};
  Timestamp first_recorded_at{};
  Timestamp last_recorded_at{};
};

/// Threads: every member from any thread. Errors of all: corrupt_record, `where` being the path; then the file is to be
/// made again from the segment.
class SegmentIndex {
 public:
  /// Errors: not_found, io_failed, corrupt_record, newer_format.
  /// `kept` counts the bitmaps that are kept; null: nobody does.
  static Result<std::shared_ptr<const SegmentIndex>> open(FileSystem& files, const std::string& path,
                                                          std::shared_ptr<KeptOpen> kept = nullptr);
  static Result<std::shared_ptr<const SegmentIndex>> of(Bytes bytes, std::string path,
                                                        std::shared_ptr<KeptOpen> kept = nullptr);

  [[nodiscard]] const IndexFile& file() const { return file_; }
  [[nodiscard]] const IndexIdentity& identity() const { return file_.identity(); }
  /// Positions covered, those lost to damage among them.
  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] const SegmentExtent& extent() const { return extent_; }

  /// The offsets of `count` events from the ordinal `first` on; 0: lost to damage. Lifetime: the index's.
  /// Errors: also invalid_argument where they are not all there.
  [[nodiscard]] Result<std::span<const std::uint32_t>> offsets(std::uint64_t first, std::uint64_t count) const;
  /// The schemas recorded in the segment, in the order of the log. Lifetime: the index's.
  [[nodiscard]] Result<std::span<const format::SchemaPlace>> schemas() const;
  /// The stretches of ordinals lost to damage, ascending; no filter's matches have any of them. Lifetime: the index's.
  [[nodiscard]] Result<std::span<const Matches::Range>> lost() const;

  /// The ordinals of the events that `filter` admits; never null. Cost: a search among the segment's names if the
  /// segment lacks one of the filter's names; otherwise each bitmap is read at its first use and kept.
  [[nodiscard]] Result<std::shared_ptr<const Matches>> matches(const Filter& filter) const;

 private:
  SegmentIndex(IndexFile file, std::shared_ptr<KeptOpen> kept);
  static Result<std::shared_ptr<const SegmentIndex>> checked(IndexFile file, std::shared_ptr<KeptOpen> kept);
  enum Kind : std::uint8_t { category, type, organization };
  static constexpr std::uint32_t any = 0;  // the filter does not ask for it
  static constexpr std::uint32_t absent = ~std::uint32_t{0};

  /// The number, from 1, of the bitmap of `name`.
  [[nodiscard]] Result<std::uint32_t> number_of(Kind kind, std::string_view name) const;
  [[nodiscard]] Result<std::shared_ptr<const Matches>> bitmap(std::uint32_t number) const;
  [[nodiscard]] Result<std::shared_ptr<const Matches>> combine(const std::array<std::uint32_t, 3>& numbers) const;

  IndexFile file_;
  std::shared_ptr<KeptOpen> kept_open_;
  std::uint64_t count_;
  std::uint32_t end_;  // of the part of the segment that it covers
  SegmentExtent extent_;
  std::array<std::uint64_t, 4> first_of_kind_;  // among the places; the last is their end
  mutable Mutex mutex_;                         // guards everything below
  mutable std::map<std::array<std::uint32_t, 3>, std::shared_ptr<const Matches>> kept_;
};

}  // namespace eventstore::engine
