#include <eventstore/os/detail/threads.hpp>

namespace eventstore {
inline namespace v1 {

void yield_thread() {
  if (thread_scheduler != nullptr) return thread_scheduler->yield();
  std::this_thread::yield();
}

void sleep_thread(std::chrono::milliseconds time) {
  if (thread_scheduler != nullptr) return thread_scheduler->wait(nullptr, time);
  std::this_thread::sleep_for(time);
}

std::chrono::nanoseconds steady_time() {
  if (thread_scheduler != nullptr) return thread_scheduler->now();
  return std::chrono::steady_clock::now().time_since_epoch();
}

unsigned hardware_threads() {
  constexpr unsigned scheduled = 2;  // the same on every machine
  return thread_scheduler != nullptr ? scheduled : std::thread::hardware_concurrency();
}

void Mutex::lock_scheduled() {
  thread_scheduler->step();
  while (!mutex_.try_lock()) thread_scheduler->wait(this, ThreadScheduler::no_limit);
}

// Nobody runs between the unlocking and the waiting, so that no wake is missed.
void ConditionVariable::wait_scheduled(Lock& lock, std::chrono::nanoseconds limit) {
  lock.unlock();
  thread_scheduler->wait(this, limit);
  lock.lock();
}

void Thread::end() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  if (task_ != nullptr && thread_scheduler != nullptr) thread_scheduler->join(*task_);
  thread_.join();
}

}  // namespace v1
}  // namespace eventstore
