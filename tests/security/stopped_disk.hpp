#pragma once
// SQLite's files on a disk that is full, or in a process that ends, from a chosen step on.
#include <cstdint>

namespace eventstore::test {

enum class Stop : std::uint8_t {
  full,    ///< writes past a file's end fail, as on a full disk
  killed,  ///< the process ends at once
};

/// While it lives, each write, sync, truncation and removal of SQLite's files in this process is a step, and from step
/// `at` on, 1 being the first, they stop. Threads: one at a time; one object at a time.
class StoppedDisk {
 public:
  StoppedDisk(Stop how, int at);
  StoppedDisk(const StoppedDisk&) = delete;
  StoppedDisk& operator=(const StoppedDisk&) = delete;
  ~StoppedDisk();

  [[nodiscard]] bool has_stopped() const;
};

/// The exit code of a process that was killed so.
inline constexpr int killed_code = 137;

}  // namespace eventstore::test
