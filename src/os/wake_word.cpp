#include <eventstore/os/wake_word.hpp>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>
#include <ctime>

namespace eventstore::inline v1 {

void wait_on(const std::uint32_t& word, std::uint32_t seen, std::chrono::milliseconds patience) {
  const auto millis = patience.count();
  const timespec timeout{millis / 1000, static_cast<long>(millis % 1000) * 1'000'000};
  // Not FUTEX_PRIVATE: the word is in a file that other processes map too.
  ::syscall(SYS_futex, &word, FUTEX_WAIT, seen, &timeout, nullptr, 0);
}

void wake_all(const std::uint32_t& word) { ::syscall(SYS_futex, &word, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0); }

}  // namespace eventstore::inline v1
