#pragma once
// Loading from the newest valid snapshot and the events after it, and the choice of when to take the next snapshot.
#include <atomic>
#include <chrono>
#include <eventstore/aggregate/replay.hpp>
#include <eventstore/aggregate/snapshot_store.hpp>
#include <eventstore/os/clock.hpp>
#include <memory>
#include <mutex>

namespace eventstore {
inline namespace v1 {

/// The policy that says when a load takes a snapshot: as soon as one of the two limits is met.
struct SnapshotPolicy {
  std::uint64_t events = 0;               ///< folded past the newest snapshot; 0: no limit
  std::chrono::microseconds replaying{};  ///< time that it took to fold them; 0: no limit

  static constexpr SnapshotPolicy every(std::uint64_t events) { return {events, {}}; }
  static constexpr SnapshotPolicy after(std::chrono::microseconds replaying) { return {0, replaying}; }
  /// Takes none, and uses existing ones.
  static constexpr SnapshotPolicy never() { return {}; }

  [[nodiscard]] bool is_due(std::uint64_t folded, std::chrono::microseconds took) const {
    return (events != 0 && folded >= events) || (replaying.count() != 0 && folded != 0 && took >= replaying);
  }
};

/// A policy for most programs: below a hundred events a replay costs no more than reading the snapshot.
inline constexpr SnapshotPolicy default_snapshot_policy = SnapshotPolicy::every(100);

/// A store of snapshots with a policy. A failure of a snapshot never becomes an error of a load. Threads: every member
/// from any thread.
class Snapshots {
 public:
  struct Counts {
    std::uint64_t used = 0;     ///< loads that began at a snapshot
    std::uint64_t ignored = 0;  ///< snapshots that were no longer valid
    std::uint64_t taken = 0;
    std::uint64_t failed = 0;  ///< snapshots that could not be read, written or removed
  };

  /// `store` and `clock` outlive this.
  Snapshots(SnapshotStore& store, const Clock& clock, SnapshotPolicy policy = default_snapshot_policy)
      : store_{store}, clock_{clock}, policy_{policy} {}

  /// The state of the newest snapshot up to and with `last` that was made by this code from this history; null if there
  /// is none. Snapshots that are not valid are removed, if the store may write.
  std::unique_ptr<AnyState> restore(const EventLog& log, const AggregateType& type, const StreamId& stream,
                                    Version last);

  /// Called after each load to the end of a stream: takes a snapshot of `state` if the policy says so.
  void loaded(const EventLog& log, const AggregateType& type, const StreamId& stream, const AnyState& state,
              std::uint64_t folded, std::chrono::microseconds took);

  /// Removes all snapshots of the stream. Errors: as SnapshotStore::remove_all.
  Result<void> remove_all(const StreamId& stream) { return store_.remove_all(stream); }

  [[nodiscard]] const Clock& clock() const { return clock_; }
  [[nodiscard]] Counts counts() const;
  /// The last error behind Counts::failed.
  [[nodiscard]] std::optional<Error> last_failure() const;

 private:
  [[nodiscard]] Result<std::unique_ptr<AnyState>> try_restore(const EventLog& log, const AggregateType& type,
                                                              const StreamId& stream, Version last);
  [[nodiscard]] Result<void> take(const EventLog& log, const AggregateType& type, const StreamId& stream,
                                  const AnyState& state);
  void note(Error error);

  SnapshotStore& store_;
  const Clock& clock_;
  const SnapshotPolicy policy_;
  std::atomic<std::uint64_t> used_{0};
  std::atomic<std::uint64_t> ignored_{0};
  std::atomic<std::uint64_t> taken_{0};
  std::atomic<std::uint64_t> failed_{0};
  mutable std::mutex mutex_;
  std::optional<Error> last_failure_;  // guarded by mutex_
};

/// The state of `stream` at `last`, or at its end if that comes sooner; at version 0 if the stream does not exist.
/// Where retention dropped the stream's first events, loading begins at the state that it kept. Errors: as replay and
/// first_state; expired, where no state was kept. Cost: with `snapshots`, the newest valid one and the events after it;
/// without, all events that are there.
Result<std::unique_ptr<AnyState>> load_state(const EventLog& log, const SchemaReader& schemas,
                                             const AggregateType& type, const StreamId& stream,
                                             Version last = no_version_limit, Snapshots* snapshots = nullptr);

}  // namespace v1
}  // namespace eventstore
