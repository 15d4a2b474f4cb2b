#pragma once
// Runs threads one at a time, in an order that a seed decides: a race that one seed finds is found again with it.
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace eventstore {
inline namespace v1 {

/// Threads take turns where they use the log: at locks, waits, published words, and calls of a SimulatedDisk. Between
/// two such places a thread runs alone, so that all memory is seen in one order; weaker orders are what the thread
/// sanitizer looks for.
///
/// The seed also chooses how turns are given: evenly; in long runs with few changes; or by priorities that fall now and
/// then, which meets races that need few and exact changes (Burckhardt, Kothari, Musuvathi, Nagarakatte: "A randomized
/// scheduler with probabilistic guarantees of finding bugs", 2010). Time stands still but for waits with a limit: it
/// moves on when no thread can run, and sometimes as if all threads had stood still.
///
/// Threads: add() and run() from the one that made it. The threads of the schedule may make further ones, through the
/// log. They must not wait for each other but through the log or step(). Cost: some microseconds a turn.
class ThreadSchedule {
 public:
  explicit ThreadSchedule(std::uint64_t seed);
  ~ThreadSchedule();
  ThreadSchedule(const ThreadSchedule&) = delete;
  ThreadSchedule& operator=(const ThreadSchedule&) = delete;

  /// A thread for run(). `work` must not throw.
  void add(std::string name, std::function<void()> work);
  /// Returns when all threads have ended. If all wait for each other, or if there is no end after `turns_max` turns,
  /// the process ends with a line for each thread: blocked threads cannot be unwound.
  void run(std::uint64_t turns_max = 1'000'000);

  /// For a thread of a schedule: another may run now.
  static void step();
  /// How many turns were given: the same for the same seed and work.
  [[nodiscard]] std::uint64_t turns() const;

 private:
  class Scheduler;
  std::unique_ptr<Scheduler> scheduler_;
};

}  // namespace v1
}  // namespace eventstore
