// Schedules: the same seed gives the same order, different seeds give different ones, and time passes only for waits.
#include <catch2/catch.hpp>
#include <eventstore/os/detail/threads.hpp>
#include <eventstore/os/detail/wake_word.hpp>
#include <eventstore/testing/thread_schedule.hpp>
#include <set>
#include <vector>

using namespace eventstore;

namespace {

// The order in which three threads come to their ends of some steps.
std::vector<int> order_of(std::uint64_t seed) {
  ThreadSchedule schedule{seed};
  std::vector<int> order;
  for (int number = 0; number < 3; ++number)
    schedule.add("thread " + std::to_string(number), [&order, number] {
      for (int i = 0; i < 4; ++i) {
        ThreadSchedule::step();
        order.push_back(number);
      }
    });
  schedule.run();
  return order;
}

}  // namespace

TEST_CASE("a seed gives one order of threads, and many seeds give many", "[schedule]") {
  std::set<std::vector<int>> orders;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const auto order = order_of(seed);
    CHECK(order.size() == 12);
    CHECK(order == order_of(seed));
    orders.insert(order);
  }
  CHECK(orders.size() > 50);
}

TEST_CASE("a schedule meets a lost update, and not under a lock", "[schedule]") {
  const auto lost_updates = [](bool is_locked) {
    int lost = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
      ThreadSchedule schedule{seed};
      Mutex mutex;
      int count = 0;
      for (int i = 0; i < 2; ++i)
        schedule.add("counter", [&] {
          std::unique_lock lock{mutex, std::defer_lock};
          if (is_locked) lock.lock();
          const int seen = count;
          ThreadSchedule::step();
          count = seen + 1;
        });
      schedule.run();
      lost += count == 1 ? 1 : 0;
    }
    return lost;
  };
  CHECK(lost_updates(false) > 0);
  CHECK(lost_updates(true) == 0);
}

TEST_CASE("a condition is waited for, by threads that are made and ended within the schedule", "[schedule]") {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    ThreadSchedule schedule{seed};
    Mutex mutex;
    ConditionVariable changed;
    int produced = 0;
    int consumed = 0;
    schedule.add("world", [&] {
      Thread consumer{[&](const std::stop_token& stop) {
        std::unique_lock lock{mutex};
        while (changed.wait(lock, stop, [&] { return produced > consumed; })) ++consumed;
      }};
      for (int i = 0; i < 5; ++i) {
        const std::lock_guard lock{mutex};
        ++produced;
        changed.notify_all();
      }
      while (true) {
        const std::lock_guard lock{mutex};
        if (consumed == produced) break;
      }
    });
    schedule.run();
    CHECK(consumed == 5);
  }
}

TEST_CASE("a wait with a limit ends when nobody else can go on, and takes its time", "[schedule]") {
  ThreadSchedule schedule{7};
  std::chrono::nanoseconds slept{0};
  bool was_met = true;
  schedule.add("sleeper", [&] {
    const auto before = steady_time();
    sleep_thread(std::chrono::milliseconds{250});
    slept = steady_time() - before;
    Mutex mutex;
    ConditionVariable never;
    std::unique_lock lock{mutex};
    was_met = never.wait_for(lock, {}, std::chrono::milliseconds{10}, [] { return false; });
  });
  schedule.run();
  CHECK(slept >= std::chrono::milliseconds{250});
  CHECK_FALSE(was_met);
}

TEST_CASE("a word is waited on until another thread wakes it", "[schedule]") {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    ThreadSchedule schedule{seed};
    std::uint32_t word = 0;
    int woken = 0;
    for (int i = 0; i < 2; ++i)
      schedule.add("waiter", [&] {
        while (word == 0) wait_on(word, 0, std::chrono::hours{1}, WaitScope::process);
        ++woken;
      });
    schedule.add("waker", [&] {
      ThreadSchedule::step();
      word = 1;
      wake_all(word, WaitScope::process);
    });
    schedule.run();
    CHECK(woken == 2);
  }
}
