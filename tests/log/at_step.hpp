#pragma once
// Lets something happen at one place in the middle of a call, wherever the call uses a lock, a published word or a
// file.
#include <eventstore/os/detail/threads.hpp>
#include <exception>
#include <functional>
#include <utility>

namespace eventstore::laws {

/// While it exists, the calling thread counts its steps, and runs `meanwhile` at the nth of them, as another thread
/// might. `meanwhile` must not use what the call under way has locked. Waits take no time; where the thread `is_slow`,
/// more time passes at each step than anybody waits.
class AtStep final : public ThreadScheduler {
 public:
  AtStep(int nth, bool is_slow, std::function<void()> meanwhile)
      : left_{nth}, is_slow_{is_slow}, meanwhile_{std::move(meanwhile)} {
    thread_scheduler = this;
  }
  AtStep(const AtStep&) = delete;
  AtStep& operator=(const AtStep&) = delete;
  ~AtStep() override { thread_scheduler = nullptr; }

  /// Whether the call had so many steps.
  [[nodiscard]] bool has_happened() const { return left_ <= 0; }

  void step() override {
    if (is_slow_) now_ += std::chrono::hours{24};
    if (--left_ != 0) return;
    thread_scheduler = nullptr;
    meanwhile_();
    thread_scheduler = this;
  }
  void yield() override { step(); }
  void wait(const void*, std::chrono::nanoseconds limit) override {
    if (limit == no_limit) std::terminate();  // nobody would end it
    now_ += limit;
  }
  void wake_one(const void*) override {}
  void wake_all(const void*) override {}
  [[nodiscard]] std::chrono::nanoseconds now() const override { return now_; }
  // The call under way starts no threads.
  Task& announce() override { std::terminate(); }
  void start(Task&) override {}
  void enter(Task&) override {}
  void leave(Task&) override {}
  void join(Task&) override {}

 private:
  int left_;
  const bool is_slow_;
  std::function<void()> meanwhile_;
  std::chrono::nanoseconds now_{0};
};

}  // namespace eventstore::laws
