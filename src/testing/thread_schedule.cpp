#include <eventstore/testing/thread_schedule.hpp>

#include <eventstore/aggregate/random.hpp>
#include <eventstore/os/detail/threads.hpp>

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <semaphore>
#include <vector>

namespace eventstore {
inline namespace v1 {

// Only the thread whose turn it is changes anything here but `turn`.
struct ThreadScheduler::Task {
  enum class State : std::uint8_t { announced, ready, waiting, ended };

  std::string name;
  std::function<void()> work;  // of add()
  std::binary_semaphore turn{0};
  State state = State::announced;
  const void* waits_for = nullptr;
  std::chrono::nanoseconds wakes_at{};
  std::uint64_t priority = 0;
};

class ThreadSchedule::Scheduler final : public ThreadScheduler {
 public:
  explicit Scheduler(std::uint64_t seed)
      : random_{seed}, gives_{random_.pick({Gives::evenly, Gives::in_long_runs, Gives::by_priority})} {}

  void add(std::string name, std::function<void()> work) {
    auto& task = announce();
    task.name = std::move(name);
    task.work = std::move(work);
    task.state = Task::State::ready;
  }

  void run(std::uint64_t turns_max) {
    turns_max_ = turns_max;
    std::vector<std::jthread> threads;
    for (auto& task : tasks_)
      threads.emplace_back([this, &task] {
        enter(task);
        task.work();
        leave(task);
      });
    if (tasks_.empty()) return;
    give_turn(choose());
    has_ended_.acquire();
  }

  [[nodiscard]] std::uint64_t turns() const { return turns_; }

  void step() override {
    if (random_.below(stalls_one_in) == 0) let_time_pass(true);
    turn_to(choose());
  }

  // Either others run until none can, or one may run.
  void yield() override {
    running_->priority = --lowest_;
    if (random_.chance(50)) return step();
    wait(nullptr, std::chrono::nanoseconds{0});
  }

  void wait(const void* what, std::chrono::nanoseconds limit) override {
    auto& task = *running_;
    task.state = Task::State::waiting;
    task.waits_for = what;
    task.wakes_at = limit == no_limit ? no_limit : now_ + limit;
    turn_to(choose());
  }

  void wake_one(const void* what) override {
    const auto waiting = those_that_wait_for(what);
    if (!waiting.empty()) waiting[random_.below(waiting.size())]->state = Task::State::ready;
  }
  void wake_all(const void* what) override {
    for (auto* const task : those_that_wait_for(what)) task->state = Task::State::ready;
  }

  [[nodiscard]] std::chrono::nanoseconds now() const override { return now_; }

  Task& announce() override {
    auto& task = tasks_.emplace_back();
    task.name = "thread " + std::to_string(tasks_.size());
    task.priority = first_priority + random_.below(first_priority);
    return task;
  }
  void start(Task& task) override {
    task.state = Task::State::ready;
    step();
  }
  void enter(Task& task) override {
    task.turn.acquire();
    thread_scheduler = this;
  }
  void leave(Task& task) override {
    thread_scheduler = nullptr;
    task.state = Task::State::ended;
    wake_all(&task);
    for (const auto& other : tasks_)
      if (other.state == Task::State::ready || other.state == Task::State::waiting) return give_turn(choose());
    has_ended_.release();
  }
  void join(Task& task) override {
    while (task.state != Task::State::ended) wait(&task, no_limit);
  }

 private:
  enum class Gives : std::uint8_t { evenly, in_long_runs, by_priority };
  static constexpr std::uint64_t stalls_one_in = 400;
  static constexpr std::uint64_t first_priority = std::uint64_t{1} << 32;

  [[nodiscard]] std::vector<Task*> ready() {
    std::vector<Task*> found;
    for (auto& task : tasks_)
      if (task.state == Task::State::ready) found.push_back(&task);
    return found;
  }
  [[nodiscard]] std::vector<Task*> those_that_wait_for(const void* what) {
    std::vector<Task*> found;
    for (auto& task : tasks_)
      if (task.state == Task::State::waiting && task.waits_for == what) found.push_back(&task);
    return found;
  }

  // Up to the end of the wait with the first limit, or with any. False where no wait has one.
  bool let_time_pass(bool to_any) {
    std::vector<Task*> limited;
    for (auto& task : tasks_)
      if (task.state == Task::State::waiting && task.wakes_at != no_limit) limited.push_back(&task);
    if (limited.empty()) return false;
    auto* chosen = limited[random_.below(limited.size())];
    for (auto* const task : limited)
      if (!to_any && task->wakes_at < chosen->wakes_at) chosen = task;
    now_ = std::max(now_, chosen->wakes_at);
    for (auto* const task : limited)
      if (task->wakes_at <= now_) task->state = Task::State::ready;
    return true;
  }

  Task& choose() {
    auto able = ready();
    if (able.empty() && let_time_pass(false)) able = ready();
    if (able.empty()) give_up("all threads wait for each other");
    if (++turns_ > turns_max_) give_up("the threads do not end");
    switch (gives_) {
      case Gives::evenly: break;
      case Gives::in_long_runs:
        if (running_ != nullptr && running_->state == Task::State::ready && !random_.chance(10)) return *running_;
        break;
      case Gives::by_priority: {
        if (running_ != nullptr && random_.chance(2)) running_->priority = --lowest_;
        auto* first = able.front();
        for (auto* const task : able)
          if (task->priority > first->priority) first = task;
        return *first;
      }
    }
    return *able[random_.below(able.size())];
  }

  void give_turn(Task& task) {
    running_ = &task;
    task.turn.release();
  }
  void turn_to(Task& next) {
    auto& here = *running_;
    if (&next == &here) return;
    give_turn(next);
    here.turn.acquire();
  }

  [[noreturn]] void give_up(const char* why) {
    std::fprintf(stderr, "schedule: %s, after %llu turns\n", why, static_cast<unsigned long long>(turns_));
    for (const auto& task : tasks_)
      std::fprintf(stderr, "  %s: %s\n", task.name.c_str(),
                   task.state == Task::State::ended     ? "has ended"
                   : task.state == Task::State::waiting ? "waits"
                                                        : "could run");
    std::_Exit(EXIT_FAILURE);
  }

  Random random_;
  const Gives gives_;
  std::deque<Task> tasks_;  // in the order in which they were made; they never move
  Task* running_ = nullptr;
  std::uint64_t lowest_ = first_priority;  // of all priorities that were given
  std::chrono::nanoseconds now_{0};
  std::uint64_t turns_ = 0;
  std::uint64_t turns_max_ = 0;
  std::binary_semaphore has_ended_{0};
};

ThreadSchedule::ThreadSchedule(std::uint64_t seed) : scheduler_{std::make_unique<Scheduler>(seed)} {}
ThreadSchedule::~ThreadSchedule() = default;

void ThreadSchedule::add(std::string name, std::function<void()> work) {
  scheduler_->add(std::move(name), std::move(work));
}

void ThreadSchedule::run(std::uint64_t turns_max) { scheduler_->run(turns_max); }

void ThreadSchedule::step() { thread_step(); }

std::uint64_t ThreadSchedule::turns() const { return scheduler_->turns(); }

}  // namespace v1
}  // namespace eventstore
