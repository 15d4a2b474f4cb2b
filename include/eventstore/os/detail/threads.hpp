#pragma once
// The threads, locks and waits of the engine. They are those of the standard library, behind a seam: a test may decide
// which thread goes on at each of them, and so repeat one interleaving from a seed.
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <stop_token>
#include <thread>
#include <type_traits>
#include <utility>

namespace eventstore {
inline namespace v1 {

/// Runs one of its threads at a time, and decides which. Its threads call the members; `wake` never lets another run.
class ThreadScheduler {
 public:
  /// A thread that the scheduler knows.
  struct Task;
  static constexpr std::chrono::nanoseconds no_limit = std::chrono::nanoseconds::max();

  virtual ~ThreadScheduler() = default;
  /// Another thread may run now.
  virtual void step() = 0;
  /// Likewise, and the caller has nothing to do before others have run.
  virtual void yield() = 0;
  /// Lets others run until one wakes `what`, or until so much of the scheduler's time has passed.
  virtual void wait(const void* what, std::chrono::nanoseconds limit) = 0;
  virtual void wake_one(const void* what) = 0;
  virtual void wake_all(const void* what) = 0;
  [[nodiscard]] virtual std::chrono::nanoseconds now() const = 0;

  /// The task of a thread that is about to be made. It can run from start() on.
  virtual Task& announce() = 0;
  virtual void start(Task& task) = 0;
  /// First and last calls of the thread itself. enter() returns when the thread is to run.
  virtual void enter(Task& task) = 0;
  virtual void leave(Task& task) = 0;
  /// Returns when the thread has left.
  virtual void join(Task& task) = 0;
};

/// The scheduler of the calling thread; null where the system decides.
inline constinit thread_local ThreadScheduler* thread_scheduler = nullptr;

/// Stands before each use of an atomic through which threads tell each other something. Cost: one load.
inline void thread_step() {
  if (thread_scheduler != nullptr) [[unlikely]]
    thread_scheduler->step();
}
void yield_thread();
void sleep_thread(std::chrono::milliseconds time);
/// Counts from some fixed moment.
[[nodiscard]] std::chrono::nanoseconds steady_time();
/// How many threads run at once.
[[nodiscard]] unsigned hardware_threads();

/// As std::mutex.
class Mutex {
 public:
  void lock() {
    if (thread_scheduler != nullptr) [[unlikely]]
      return lock_scheduled();
    mutex_.lock();
  }
  bool try_lock() {
    thread_step();
    return mutex_.try_lock();
  }
  void unlock() {
    mutex_.unlock();
    if (thread_scheduler != nullptr) [[unlikely]]
      thread_scheduler->wake_all(this);
  }

 private:
  void lock_scheduled();

  std::mutex mutex_;
};

/// As std::condition_variable_any, with Mutex.
class ConditionVariable {
 public:
  using Lock = std::unique_lock<Mutex>;

  void notify_all() {
    if (thread_scheduler != nullptr) [[unlikely]]
      return thread_scheduler->wake_all(this);
    condition_.notify_all();
  }
  template <class Predicate> void wait(Lock& lock, Predicate is_met) {
    if (thread_scheduler == nullptr) return condition_.wait(lock, is_met);
    while (!is_met()) wait_scheduled(lock, ThreadScheduler::no_limit);
  }
  template <class Predicate> bool wait(Lock& lock, std::stop_token stop, Predicate is_met) {
    if (thread_scheduler == nullptr) return condition_.wait(lock, std::move(stop), is_met);
    const std::stop_callback wakes{stop, [this] { notify_all(); }};
    while (!is_met()) {
      if (stop.stop_requested()) return false;
      wait_scheduled(lock, ThreadScheduler::no_limit);
    }
    return true;
  }
  template <class Predicate>
  bool wait_for(Lock& lock, std::stop_token stop, std::chrono::milliseconds limit, Predicate is_met) {
    if (thread_scheduler == nullptr) return condition_.wait_for(lock, std::move(stop), limit, is_met);
    const std::stop_callback wakes{stop, [this] { notify_all(); }};
    const auto until = steady_time() + limit;
    while (!is_met()) {
      const auto now = steady_time();
      if (stop.stop_requested() || now >= until) return false;
      wait_scheduled(lock, until - now);
    }
    return true;
  }

 private:
  void wait_scheduled(Lock& lock, std::chrono::nanoseconds limit);

  std::condition_variable_any condition_;
};

/// As std::jthread. A thread that a scheduled thread makes is scheduled too.
class Thread {
 public:
  Thread() = default;
  /// `work` takes a stop token or nothing. Throws std::system_error if the system has no further thread.
  template <class Work>
  requires(!std::is_same_v<std::remove_cvref_t<Work>, Thread>) explicit Thread(Work work) {
    if (thread_scheduler == nullptr) {
      thread_ = std::jthread{std::move(work)};
      return;
    }
    auto& scheduler = *thread_scheduler;
    auto& task = scheduler.announce();
    thread_ = std::jthread{[&scheduler, &task, work = std::move(work)](std::stop_token stop) {
      scheduler.enter(task);
      if constexpr (std::is_invocable_v<Work, std::stop_token>)
        work(std::move(stop));
      else
        work();
      scheduler.leave(task);
    }};
    task_ = &task;
    scheduler.start(task);
  }
  Thread(Thread&& other) noexcept : thread_{std::move(other.thread_)}, task_{std::exchange(other.task_, nullptr)} {}
  /// Ends the present thread first, as the destructor does.
  Thread& operator=(Thread&& other) noexcept {
    if (this == &other) return *this;
    end();
    thread_ = std::move(other.thread_);
    task_ = std::exchange(other.task_, nullptr);
    return *this;
  }
  ~Thread() { end(); }

  [[nodiscard]] bool joinable() const { return thread_.joinable(); }
  bool request_stop() { return thread_.request_stop(); }

 private:
  void end();

  std::jthread thread_;
  ThreadScheduler::Task* task_ = nullptr;
};

}  // namespace v1
}  // namespace eventstore
