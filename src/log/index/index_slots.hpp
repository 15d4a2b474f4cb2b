#pragma once
// Index files in use: opened at first use, and made from the segments if they are missing, damaged or of another log.
#include "../files/store_files.hpp"
#include "index_maker.hpp"

namespace eventstore::engine {

/// An object that is made once, and made again if it turns out to be damaged. Earlier objects live as long as the slot.
template <class T> class Remade {
 public:
  /// The latest, if there is one; otherwise null. Cost: one load.
  [[nodiscard]] const T* get() const { return latest_.load(std::memory_order_acquire); }
  /// For the holder of mutex.
  const T* keep(std::shared_ptr<const T> made) {
    all_.push_back(std::move(made));
    latest_.store(all_.back().get(), std::memory_order_release);
    return all_.back().get();
  }
  [[nodiscard]] std::shared_ptr<const T> shared() const {
    const std::lock_guard lock{mutex};
    return all_.empty() ? nullptr : all_.back();
  }
  mutable Mutex mutex;

 private:
  std::atomic<const T*> latest_{nullptr};
  std::vector<std::shared_ptr<const T>> all_;
};

/// The index of a segment, finished, or covered up to some commit. Threads: every member from any thread.
class IndexedSegment {
 public:
  /// `store` outlives all use.
  IndexedSegment(const StoreFiles& store, const Uuid& store_id, std::shared_ptr<const Segment> segment,
                 const FinishedSegment& place, bool is_finished, std::shared_ptr<DamageList> damages);

  [[nodiscard]] const FinishedSegment& place() const { return place_; }
  [[nodiscard]] bool is_finished() const { return is_finished_; }
  [[nodiscard]] std::uint32_t number() const { return place_.number; }
  [[nodiscard]] Position first() const { return Position{place_.first_position}; }
  [[nodiscard]] Position last() const { return Position{place_.first_position + place_.count - 1}; }
  [[nodiscard]] const std::shared_ptr<const Segment>& segment() const { return segment_; }

  /// Errors: those of opening and reading the segment, where the file cannot be used.
  [[nodiscard]] Result<const SegmentIndex*> index() const;
  /// The file is open already, and is this index.
  void take(std::shared_ptr<const SegmentIndex> opened) const;
  /// Whether the file is there and is this index.
  [[nodiscard]] bool is_on_disk() const;
  /// If `path` names its file, makes the index again; otherwise gives false.
  [[nodiscard]] Result<bool> remake(const std::string& path) const;
  /// A record is not where the index file says. Reads the segment, and makes the index again if the segment is whole:
  /// then the file was wrong. False if the segment is damaged, or if it was read here before.
  [[nodiscard]] Result<bool> remake_if_whole() const;

  /// The same, with nothing opened. An index that is no file is kept: it would have to be made again.
  [[nodiscard]] std::shared_ptr<const IndexedSegment> closed() const;

  [[nodiscard]] IndexIdentity identity() const;
  [[nodiscard]] std::string path() const { return store_.index_path(place_.number); }
  [[nodiscard]] Result<SegmentToScan> to_scan() const;
  /// After scanning: whether all of it could be read. Errors: io_failed.
  [[nodiscard]] Result<void> check_readable() const;
  /// Adds the damage that was found in this segment, or in its neighbours, to the damage of the log.
  void tell(Damage damage) const;
  /// Likewise: all of it.
  void lose(Error error) const;

 private:
  [[nodiscard]] Result<std::shared_ptr<const SegmentIndex>> open() const;
  [[nodiscard]] Result<const SegmentIndex*> make() const;
  [[nodiscard]] Result<const SegmentIndex*> make_lost(Error error) const;

  const StoreFiles& store_;
  const Uuid store_id_;
  const std::shared_ptr<const Segment> segment_;
  const FinishedSegment place_;
  const bool is_finished_;
  const std::shared_ptr<DamageList> damages_;
  mutable Remade<SegmentIndex> index_;
  mutable bool was_read_ = false;  // by remake_if_whole(); guarded by the mutex of index_
};

/// The table of consecutive segments. Threads: every member from any thread.
class TableSlot {
 public:
  /// `store` outlives all use.
  TableSlot(const StoreFiles& store, std::vector<std::shared_ptr<const IndexedSegment>> segments, std::uint32_t level);

  /// The same without the segments before `first`, and with others in their place.
  [[nodiscard]] std::shared_ptr<const TableSlot> from(std::uint32_t first) const;
  [[nodiscard]] std::shared_ptr<const TableSlot> with(
      std::span<const std::shared_ptr<const IndexedSegment>> segments) const;

  [[nodiscard]] TableInForce place() const;
  [[nodiscard]] const std::vector<std::shared_ptr<const IndexedSegment>>& segments() const { return segments_; }
  /// What table() gave last.
  [[nodiscard]] std::shared_ptr<const Table> shared_table() const { return table_.shared(); }
  [[nodiscard]] std::string path() const;

  /// Errors: as IndexedSegment::index.
  [[nodiscard]] Result<const Table*> table() const;
  /// If `path` names its file, makes the table again; otherwise gives false.
  [[nodiscard]] Result<bool> remake(const std::string& path) const;
  /// Makes the table again, of segments that are whole.
  [[nodiscard]] Result<void> remake() const;
  /// Whether the file is there and is this table.
  [[nodiscard]] bool is_on_disk() const;
  [[nodiscard]] IndexIdentity identity() const;

 private:
  [[nodiscard]] Result<std::shared_ptr<const Table>> open() const;
  [[nodiscard]] Result<const Table*> make() const;

  const StoreFiles& store_;
  const std::vector<std::shared_ptr<const IndexedSegment>> segments_;
  const std::uint32_t level_;
  mutable Remade<Table> table_;
};

}  // namespace eventstore::engine
