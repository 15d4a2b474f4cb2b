#pragma once
// The index as the code that extends the log sees it: all events, including those that are not published yet.
#include "read_side.hpp"

namespace eventstore::engine {

/// Threads: one at a time. Readers see the added events once they are published.
class LogIndex {
 public:
  explicit LogIndex(ReadSide& read_side) : read_side_{read_side} {}
  /// Call it before all other members.
  void hash_by(const Hashing& hashing);
  [[nodiscard]] const Hashing& hashing() const { return view_->hashing; }

  /// Begins with the dropped segments (null: none) and the contents of index files.
  void load(std::shared_ptr<const Expired> expired, std::vector<std::shared_ptr<const IndexedSegment>> segments,
            std::vector<std::shared_ptr<const TableSlot>> tables);
  /// Adds the contents of the next segment's index files, up to some commit; the segment itself comes next.
  void add_covered(std::shared_ptr<const IndexedSegment> segment, std::shared_ptr<const TableSlot> table);
  /// Replaces the index in memory of a finished segment by its index files. `table` is null if a table of several
  /// segments covers it. Does nothing if an earlier segment has no index files: a stretch of the log would be left out.
  void adopt(const std::shared_ptr<const IndexedSegment>& segment, std::shared_ptr<const TableSlot> table);
  /// Replaces the index in memory up to the end of `segments` by index files. They begin with the first existing
  /// segment, and none of them is damaged.
  void take_over(std::vector<std::shared_ptr<const IndexedSegment>> segments,
                 std::vector<std::shared_ptr<const TableSlot>> tables);
  /// Forgets the segments that were dropped. A table that has some of them is replaced by one without them.
  void expire(std::shared_ptr<const Expired> expired);
  /// Opens finished segments again, because their files have changed.
  void reopen(std::span<const std::shared_ptr<const IndexedSegment>> segments);
  /// Lets go of what reads have opened and kept: finished segments and index files are opened again when they are
  /// needed. Reads under way, and pages that are held, keep what they use.
  void let_go(KeptOpen& kept);
  /// Replaces the tables of the same segments by one table.
  void merge_tables(std::shared_ptr<const TableSlot> merged);

  /// Adds a segment, in which the log continues.
  void add_block(std::uint32_t number, std::shared_ptr<const Block> block);
  /// Adds a checked commit that continues the log, and stands at `location`; `commit` need not be there.
  void add_commit(const std::byte* commit, format::Location location);
  void add(Damage damage);

  [[nodiscard]] const View& view() const { return *view_; }
  [[nodiscard]] const std::shared_ptr<const View>& shared_view() const { return view_; }
  /// The segment in which the log continues; there must be one.
  [[nodiscard]] TailIndex& tail() const { return *view_->tails.back(); }
  [[nodiscard]] SchemaBook& schemas() const { return read_side_.schema_book(); }
  [[nodiscard]] Position head() const { return view_->last(); }
  /// All events, published or not.
  [[nodiscard]] Bound everything() const { return {head(), format::past_all}; }

  [[nodiscard]] Position published() const { return read_side_.head(); }
  /// Lets readers see all events up to `last`, and all outcomes before `end`.
  void publish(Position last, format::Location end) { read_side_.publish(last, end); }

 private:
  void exchange(View changed);
  void add_schemas_later();
  Result<void> add_schemas(const View& view, const IndexedSegment& segment) const;

  ReadSide& read_side_;
  std::shared_ptr<const View> view_ = std::make_shared<View>();
};

}  // namespace eventstore::engine
