#pragma once
// The index as whoever makes the log longer sees it: everything, and what was not published too.
#include "read_side.hpp"

namespace eventstore::engine {

/// Threads: one at a time. What it adds is seen by readers once it is published.
class LogIndex {
 public:
  explicit LogIndex(ReadSide& read_side) : read_side_{read_side} {}

  /// Begins with what was dropped, null for nothing, and what index files hold.
  void load(std::shared_ptr<const Expired> expired, std::vector<std::shared_ptr<const IndexedSegment>> segments,
            std::vector<std::shared_ptr<const TableSlot>> tables);
  /// Adds what index files hold of the next segment, up to some commit; the segment itself comes next.
  void add_covered(std::shared_ptr<const IndexedSegment> segment, std::shared_ptr<const TableSlot> table);
  /// Puts a finished segment's index files in the place of what there is of it. `table` is null where one of more
  /// segments covers it. Does nothing where one before it has none: a stretch of the log would be left out.
  void adopt(const std::shared_ptr<const IndexedSegment>& segment, std::shared_ptr<const TableSlot> table);
  /// Puts what index files hold in the place of all that came before `segments` end. They begin with the first segment
  /// that is there, and nothing of them is damaged.
  void take_over(std::vector<std::shared_ptr<const IndexedSegment>> segments,
                 std::vector<std::shared_ptr<const TableSlot>> tables);
  /// Forgets the segments that were dropped. A table that has some of them gives way to one without them.
  void expire(std::shared_ptr<const Expired> expired);
  /// Has segments that are finished opened anew, because their files are others now.
  void reopen(std::span<const std::shared_ptr<const IndexedSegment>> segments);
  /// Puts one table in the place of those of the same segments.
  void merge_tables(std::shared_ptr<const TableSlot> merged);

  /// Adds a segment, in which the log goes on.
  void add_block(std::uint32_t number, std::shared_ptr<const Block> block);
  /// Adds a commit that was checked and that continues what is there.
  void add_commit(format::Location commit);
  void add(Damage damage);

  [[nodiscard]] const View& view() const { return *view_; }
  [[nodiscard]] const std::shared_ptr<const View>& shared_view() const { return view_; }
  /// Where the log goes on; there is a segment.
  [[nodiscard]] TailIndex& tail() const { return *view_->tails.back(); }
  [[nodiscard]] SchemaBook& schemas() const { return read_side_.schema_book(); }
  [[nodiscard]] Position head() const { return view_->last(); }
  /// All that is there.
  [[nodiscard]] Bound everything() const { return {head(), format::past_all}; }
  [[nodiscard]] const std::byte* bytes_at(format::Location location) const {
    return view_->blocks[location.segment() - 1]->record(location.offset());
  }

  [[nodiscard]] Position published() const { return read_side_.head(); }
  /// Lets readers see all that is there, up to `last`.
  void publish(Position last) { read_side_.publish(last); }

 private:
  void exchange(View changed);
  void add_schemas_later();

  ReadSide& read_side_;
  std::shared_ptr<const View> view_ = std::make_shared<View>();
};

}  // namespace eventstore::engine
