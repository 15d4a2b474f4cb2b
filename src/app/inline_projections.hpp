#pragma once
// Private to the store: projections that appends bring up to date (docs/adr/0034-inline-projections.md).
#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/os/detail/threads.hpp>
#include <eventstore/projection/projection_progress.hpp>
#include <eventstore/projection/worker.hpp>
#include <memory>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// Threads: bring_to from any thread; one of those that wait runs the projections for all of them. Lifetime: borrows
/// what Setup refers to.
class InlineProjections {
 public:
  struct Setup {
    const EventLog& log;
    AggregateTypes aggregates;
    FileSystem& files;
    std::string collections_path;
    std::vector<const ProjectionType*> projections;
    WorkerOptions worker;
    std::uint64_t events_max;  // that one run may catch up with
    ProjectionProgress& progress;
  };
  explicit InlineProjections(Setup setup);

  /// Brings the projections to the head of the log, which is at `position` or later; whether they are there. It has a
  /// connection of its own, so it waits for no run or rebuild of the store's other threads.
  bool bring_to(Position position);

 private:
  // The position that all of them have reached. Called by one thread at a time.
  Result<Position> run();
  Result<void> open();
  Result<Position> hindmost();

  const Setup setup_;
  std::unique_ptr<SqliteCollections> collections_;  // both opened by the first run, and again after one that failed
  std::unique_ptr<ProjectionWorker> worker_;

  Mutex mutex_;  // guards everything below
  ConditionVariable ended_;
  bool is_running_ = false;
  std::uint64_t runs_begun_ = 0;
  std::uint64_t runs_ended_ = 0;
  Position reached_{};
};

}  // namespace v1
}  // namespace eventstore
