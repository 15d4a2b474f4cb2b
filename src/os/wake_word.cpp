#include <eventstore/os/detail/threads.hpp>
#include <eventstore/os/detail/wake_word.hpp>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <climits>
#include <ctime>

namespace eventstore {
inline namespace v1 {
namespace {

int scoped(int operation, WaitScope scope) {
  return scope == WaitScope::process ? operation | FUTEX_PRIVATE_FLAG : operation;
}

}  // namespace

void wait_on(const std::uint32_t& word, std::uint32_t seen, std::chrono::milliseconds patience, WaitScope scope) {
  if (thread_scheduler != nullptr) {
    thread_step();
    // const: an atomic_ref takes none, and this one only loads
    if (std::atomic_ref{const_cast<std::uint32_t&>(word)}.load() == seen) thread_scheduler->wait(&word, patience);
    return;
  }
  const auto millis = patience.count();
  const timespec timeout{millis / 1000, static_cast<long>(millis % 1000) * 1'000'000};
  ::syscall(SYS_futex, &word, scoped(FUTEX_WAIT, scope), seen, &timeout, nullptr, 0);
}

void wake_all(const std::uint32_t& word, WaitScope scope) {
  if (thread_scheduler != nullptr) return thread_scheduler->wake_all(&word);
  ::syscall(SYS_futex, &word, scoped(FUTEX_WAKE, scope), INT_MAX, nullptr, nullptr, 0);
}

void wake_one(const std::uint32_t& word, WaitScope scope) {
  if (thread_scheduler != nullptr) return thread_scheduler->wake_one(&word);
  ::syscall(SYS_futex, &word, scoped(FUTEX_WAKE, scope), 1, nullptr, nullptr, 0);
}

}  // namespace v1
}  // namespace eventstore
