#pragma once
// Lets a thread wait until a projection has come to the event that the thread has just appended.
//
//   EVENTSTORE_TRY_ASSIGN(const auto executed, accounts.execute("ada", Deposit{500}));
//   if (!progress.wait_until("balances", executed.events.back().placed.position, 2s)) …;   // it is not there yet
#include <chrono>
#include <eventstore/core/ordinal.hpp>
#include <eventstore/os/detail/threads.hpp>
#include <functional>
#include <map>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

struct ProjectionType;
struct RunReport;

/// How far the projections of a process are. Whoever runs a worker tells it, and any thread waits for it. Threads:
/// every member from any thread. Cost: a lock for each call; a thread that waits sleeps until somebody tells of a move.
class ProjectionProgress {
 public:
  /// The collection `projection` reflects the log up to `position`, which its readers can see. An earlier position than
  /// was told before counts too: a collection may have been dropped.
  void reached(std::string_view projection, Position position);
  /// As reached, for each of `projections` that came to the end of the run of which a worker gave `report`.
  void reached(std::span<const ProjectionType* const> projections, const RunReport& report);

  /// The position that was told last; 0: none was.
  [[nodiscard]] Position position(std::string_view projection) const;

  /// True once `projection` has come to `position`. False: it had not when `timeout` was over, or `stop` was requested.
  /// A timeout of 0 asks without waiting.
  [[nodiscard]] bool wait_until(std::string_view projection, Position position, std::chrono::milliseconds timeout,
                                std::stop_token stop = {}) const;

 private:
  mutable Mutex mutex_;
  mutable ConditionVariable moved_;
  std::map<std::string, Position, std::less<>> positions_;  // guarded by mutex_
};

}  // namespace v1
}  // namespace eventstore
