#pragma once
// The writing half of FileLog: recovery when it opens, then one commit after another.
#include <condition_variable>
#include <thread>

#include "admission.hpp"
#include "commit_writer.hpp"
#include "follower.hpp"
#include "group_sync.hpp"
#include "head_file.hpp"

namespace eventstore::inline v1 {

/// Threads: every member from any thread, except recover, which comes first and alone.
class Appender {
 public:
  Appender(const StoreFiles& store, LogIndex& index, const Clock& clock, const Uuid& store_id,
           const FileLogOptions& options, std::unique_ptr<File> lock, HeadFile head);
  ~Appender();

  /// Brings the store to a state in which all that is readable is on the disk, and publishes its end.
  /// Errors: corrupt_record, where proven history is damaged at the end of the last segment; those of the files.
  Result<void> recover();
  [[nodiscard]] const RecoveryReport& report() const { return report_; }

  Result<Receipt> append(const Commit& commit);
  Result<void> sync();
  Result<void> close();
  [[nodiscard]] const HeadFile& head() const { return head_; }

 private:
  using Tail = Follower::Tail;

  Result<void> settle_tail(std::uint32_t last_segment);
  [[nodiscard]] Result<void> check_published() const;
  Result<void> rewrite_unproven();
  Result<void> check_writable() const;

  using Lock = GroupSync::Lock;
  Result<Receipt> append_locked(Lock& lock, const Commit& commit, Durability durability);
  Result<Receipt> answer_again(Lock& lock, Receipt receipt, Durability durability);
  // What a commit needs in the segment in which it fits.
  struct Planned {
    std::vector<SchemaId> held;  // afterwards
    std::vector<SchemaRecord> schemas;
    std::size_t bytes = 0;
  };
  Result<Planned> make_room(Lock& lock, const Commit& commit);
  Result<void> write_commit(const Commit& commit, const Admitted& admitted, Planned& planned);
  Result<void> take_written(const Admitted& admitted);
  Result<void> seal();
  Result<void> start_segment(std::size_t commit_bytes);
  Result<void> write_control(format::CommitKind kind);
  Result<void> sync_here();
  [[nodiscard]] GroupSync::Goal goal() const;
  void publish(format::Location end, Position last);
  Error poison(Error cause);
  [[nodiscard]] CommitPlace place() const;
  void sync_at_intervals(const std::stop_token& stop);

  const StoreFiles& store_;
  LogIndex& index_;
  const Clock& clock_;
  const Uuid store_id_;
  const FileLogOptions options_;
  const HeadFile head_;
  RecoveryReport report_;  // constant once recovered

  mutable std::mutex mutex_;  // guards everything below, and who writes to the files
  std::unique_ptr<File> lock_;
  Follower follower_;
  Tail& tail_;
  GroupSync group_;
  format::Location promised_;  // the end of the last commit that waits for a sync, or did
  format::Location published_;
  std::vector<SchemaId> held_;  // the schemas whose descriptors the last segment has
  Bytes buffer_;
  std::string closed_because_{"not open"};  // why nothing is accepted; empty while the log is writable
  std::condition_variable_any closing_;
  std::jthread interval_syncs_;  // started by the first append that asks for it
};

}  // namespace eventstore::inline v1
