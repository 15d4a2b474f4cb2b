#pragma once
// The writing half of FileLog: recovery when it opens, then one commit after another.

#include <atomic>
#include <eventstore/os/detail/threads.hpp>
#include "../admission/admission.hpp"
#include "../bytes/commit_writer.hpp"
#include "../files/published_end.hpp"
#include "../files/writer_lock.hpp"
#include "../follower/follower.hpp"
#include "../maintenance/maintenance.hpp"
#include "../retention/retention.hpp"
#include "group_commit.hpp"
#include "prepared_room.hpp"
#include "public_files.hpp"
#include "writer_state.hpp"

namespace eventstore::engine {

/// Threads: every member from any thread, except recover, which comes first and alone.
class Appender final : private GroupHost {
 public:
  Appender(const StoreFiles& store, LogIndex& index, const Clock& clock, const Uuid& store_id,
           const FileLogOptions& options, WriterLock lock, PublishedEnd head);
  ~Appender() override;

  /// Brings the store to a state in which all readable commits are on the disk, and publishes its end.
  /// Errors: corrupt_record, where proven history is damaged at the end of the last segment; those of the files.
  Result<void> recover();
  [[nodiscard]] const RecoveryReport& report() const { return report_; }

  Result<Receipt> append(const Commit& commit);
  void append_async(const Commit& commit, std::function<void(Result<Receipt>)> done);
  Result<void> sync();
  /// As Reader::let_go_if_much.
  void let_go_if_much();
  /// Returns when the index files are in step with the log.
  Result<void> settle();
  [[nodiscard]] IndexProgress index_progress() const { return maintenance_.progress(); }
  Result<RetentionReport> retain(const RetentionPolicy& policy);
  /// The first caller closes the log. The others wait for it, and get the same result.
  Result<void> close();
  /// As those of PublishedEnd.
  [[nodiscard]] std::uint32_t word() const { return public_files_.head().word(); }
  void wait(std::uint32_t seen, std::chrono::milliseconds patience) const { public_files_.head().wait(seen, patience); }

 private:
  using Tail = Follower::Tail;

  Result<void> settle_tail(std::uint32_t last_segment);
  [[nodiscard]] Result<void> check_published() const;
  [[nodiscard]] Result<void> check_is_end() const;
  [[nodiscard]] Result<void> check_versions() const;
  void find_left();
  Result<void> make_certain();
  Result<void> rewrite(format::Location from);
  [[nodiscard]] Result<void> check_writable() const;
  Result<void> lock_tail();
  void stop_threads();
  Result<void> leave(WriterState::Phase before);

  bool take(AppendRequest& request, bool is_syncing) override;
  [[nodiscard]] std::optional<Goal> goal() const override;
  void on_synced(const Goal& goal) override;
  Error on_failed(Error cause) override;

  using Lock = GroupCommit::Lock;
  // What a commit needs in the segment in which it fits.
  struct Planned {
    std::vector<SchemaId> held;  // afterwards
    std::vector<SchemaRecord> schemas;
    std::size_t bytes = 0;
  };
  Result<bool> judge_and_write(AppendRequest& request, bool is_syncing);
  Receipt answer_again(AppendRequest& request, Admitted admitted) const;
  Result<bool> make_room(const Commit& commit, bool is_syncing, Planned& planned);
  Result<void> write_commit(const Commit& commit, const Admitted& admitted, Planned& planned);
  [[nodiscard]] Result<std::int64_t> time_now() const;
  [[nodiscard]] bool may_stand_at_end();
  void write_back();
  Result<void> take_written(const Admitted& admitted);
  Result<void> finish_segment();
  Result<void> start_segment(std::size_t commit_bytes);
  Result<void> write_control(format::CommitKind kind);
  Result<void> sync_here();
  Result<void> leave_mark();
  [[nodiscard]] FinishedSegment tail_place() const;
  void publish(format::Location end, Position last);
  [[nodiscard]] CommitPlace place() const;
  template <class Work> Thread repeat(std::chrono::milliseconds pause, Work work);

  const StoreFiles& store_;
  LogIndex& index_;
  const Clock& clock_;
  const Uuid store_id_;
  const FileLogOptions options_;
  const Timestamp opened_at_ = clock_.now();
  const std::optional<std::chrono::microseconds> elapsed_at_opening_ = clock_.elapsed();
  RecoveryReport report_;  // constant once recovered
  WriterState state_;
  std::atomic<bool> is_read_under_lock_{false};  // by the thread that holds mutex_, in a call of retain
  Result<void> closed_;  // the result of close(); set by the closer before the state is `closed`

  mutable Mutex mutex_;  // guards everything below, and who writes to the files
  PublicFiles public_files_;
  Follower follower_;
  Tail& tail_;
  std::optional<LeftLog> left_;    // what the last writer said, where it is true of the log that was opened
  format::Location synced_;        // all before it is on the disk
  format::Location written_back_;  // all before it is on its way there
  PreparedRoom room_{options_.prepared_bytes};
  format::Location promised_;  // the end of the last commit that waits for a sync, or did
  format::Location published_;
  std::vector<SchemaId> held_;  // the schemas whose descriptors the last segment has
  Bytes buffer_;
  std::string failed_because_;  // why nothing is accepted any more, after a failure
  bool is_tail_locked_ = false;
  ConditionVariable closing_;
  format::Location covered_;  // the tail's index files reach up to here
  GroupCommit group_{*this, mutex_};
  Maintenance maintenance_;
  Thread interval_syncs_;  // started by the first append that asks for it
  Thread file_keeper_;     // started by the first append
};

}  // namespace eventstore::engine
