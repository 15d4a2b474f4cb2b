#pragma once
// The work of a writer besides appending: it makes index files for finished segments, merges tables, writes the
// catalog, and makes seals.
#include <deque>
#include <eventstore/file_log/file_log.hpp>
#include <eventstore/file_log/seals.hpp>
#include <eventstore/os/detail/threads.hpp>

#include "../reading/log_index.hpp"

namespace eventstore::engine {

/// Threads: finished() and close() need the mutex that guards the index; the others are called without it.
class Maintenance {
 public:
  /// `mutex` guards `index`. Works in the background, or in the calling thread, so that a run can be repeated exactly.
  Maintenance(const StoreFiles& store, LogIndex& index, const Uuid& store_id, Mutex& mutex,
              const FileLogOptions& options)
      : store_{store},
        index_{index},
        store_id_{store_id},
        mutex_{mutex},
        in_background_{options.background_work},
        makes_seals_{options.tamper_evidence} {}
  ~Maintenance() { stop(); }

  /// Removes files that no catalog names, and orders the missing ones to be made. With the mutex held. `is_as_left`:
  /// the last writer came to its end, so that nothing is to be done; where there is a background, it looks for files
  /// that were deleted since at begin_late(), so that opening does not wait for it.
  void begin(bool is_as_left);
  /// Before the first append, and where the files are asked for. Without the mutex. Cost: one load, the second time.
  void begin_late();
  /// A segment was finished, and the next one begun. With the mutex held.
  void finished(std::shared_ptr<const Segment> segment, const FinishedSegment& place);
  /// Writes index files of a segment that is not finished, as far as it is on the disk. With the mutex held.
  void cover(const std::shared_ptr<const Segment>& segment, const FinishedSegment& place);

  /// Runs `work(is_locked)` while no other maintenance runs; `is_locked`: with the mutex held. Call it without the
  /// mutex.
  template <class Work> auto alone(Work work) {
    const std::lock_guard lock{in_background_ ? working_ : mutex_};
    return work(!in_background_);
  }
  /// The other members are for the function that runs alone, with the `is_locked` that it was given.
  [[nodiscard]] std::shared_ptr<const View> view(bool is_locked);
  template <class Change> void change(bool is_locked, Change change) {
    if (is_locked) return change();
    const std::lock_guard lock{mutex_};
    change();
  }
  Result<void> write_catalog(bool is_locked);
  /// Makes the missing seals, if seals are wanted or the chain was begun earlier: a dropped segment needs its place in
  /// the chain. Errors: as make_missing_seals.
  Result<void> complete_seals();
  /// Removes the tables that are not in force.
  void remove_unused(bool is_locked);

  /// Returns when few enough finished segments wait for their index files: until then they are in memory.
  void let_catch_up();
  /// Returns when no work is waiting or running. Gives the first error since the last call: an index that could not be
  /// written stays in memory, and is written when the store is opened again.
  Result<void> settle();
  [[nodiscard]] IndexProgress progress() const { return {segments_done_, segments_all_}; }
  /// Returns when there is nothing to seal either.
  void finish();
  /// Ends the thread after its present job; waiting jobs are left to the next opening.
  void stop();

 private:
  // A job that indexes a segment or, without a segment, makes missing files.
  struct Job {
    std::shared_ptr<const Segment> segment;
    FinishedSegment place;
  };
  bool seal_one();
  Result<void> seal(const FinishedSegment& place);

  void add(Job job);
  void run(const std::stop_token& stop);
  void perform(const Job& job, bool is_locked);
  Result<void> index(const Job& job, bool is_locked);
  Result<void> rebuild(bool is_locked);
  Result<bool> rebuild_segment(const View& now, const std::shared_ptr<const IndexedSegment>& segment, bool is_locked);
  [[nodiscard]] Result<void> write_files(const MadeIndexes& made, bool with_table) const;
  Result<bool> merge_some(bool is_locked);
  Result<void> merge(std::span<const std::shared_ptr<const TableSlot>> inputs, bool is_locked);

  const StoreFiles& store_;
  LogIndex& index_;
  const Uuid store_id_;
  Mutex& mutex_;
  const bool in_background_;
  const bool makes_seals_;

  Mutex working_;             // held by the function that runs alone; taken before mutex_
  mutable Mutex jobs_mutex_;  // guards what follows; taken after mutex_
  ConditionVariable changed_;
  std::deque<Job> jobs_;
  std::deque<FinishedSegment> to_seal_;  // those that are indexed
  bool is_busy_ = false;
  bool is_sealing_ = false;
  bool is_finishing_ = false;                  // seals are waited for
  std::atomic<std::size_t> waiting_{0};        // of jobs_, and the one under way
  std::atomic<std::size_t> segments_done_{0};  // by rebuild()
  std::atomic<std::size_t> segments_all_{0};
  std::atomic<bool> begins_late_{false};
  std::optional<Error> failure_;
  std::deque<Job> unindexed_;            // the worker's: in order, the first one failed
  std::optional<ChainHead> chain_head_;  // of the last seal made here; for the function that runs alone
  Thread worker_;                        // started by the first job
};

}  // namespace eventstore::engine
