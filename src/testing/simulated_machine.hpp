#pragma once
// The state that all open files of a simulated disk share: the power, the planned failures, and the count of what was
// done.
#include <eventstore/os/detail/threads.hpp>

#include <mutex>

#include "simulated_entries.hpp"

namespace eventstore {
inline namespace v1 {

/// The fate of one call.
struct Fate {
  bool is_last = false;  ///< the run ends with it
  int os_errno = 0;      ///< not 0: it fails, and the run continues
};

class SimulatedDisk::Machine {
 public:
  explicit Machine(const SimulatedDiskOptions& with) : options{with}, random{with.seed} {}

  /// Counts the call, and chooses its fate at random. Errors: io_failed, if `from_run` is over.
  Result<Fate> begin(FileCall call, std::string_view path, bool may_write, std::uint64_t from_run,
                     std::uint64_t number = 0);
  /// The error of a call whose fate is not to be done, after what it did in part.
  tl::unexpected<Error> fail(const Fate& fate, const char* during, std::string path);
  /// Adds to the digest of what was done.
  void trace(std::uint64_t number) { digest = (digest ^ number) * 0x100000001B3U; }

  void end_run(bool with_power);
  /// The lock for one call of a program. In a ThreadSchedule, others may run first.
  [[nodiscard]] std::unique_lock<std::mutex> enter() {
    thread_step();
    return std::unique_lock{mutex};
  }

  const SimulatedDiskOptions options;
  std::mutex mutex;  // guards everything below
  Random random;
  SimulatedEntries entries;
  std::uint64_t order = 0;
  std::uint64_t run = 1;
  std::uint64_t boot = 1;
  bool is_running = true;
  std::uint64_t changes = 0;
  std::uint64_t stop_at = 0;  // the change with which the run ends; 0: none
  bool stops_power = false;
  bool fails_at_random = true;
  std::uint64_t failures = 0;
  std::uint64_t digest = 0xCBF29CE484222325U;
  std::optional<std::uint64_t> free_bytes;
  std::uint64_t writes_to_betrayal = 0;  // 0: none
  Betrayal betrayal = Betrayal::lost;
  struct Plan {
    int countdown = 0;
    int times = 0;
    int os_errno = 0;
  };
  std::array<Plan, file_calls> plans;

 private:
  int planned_failure(FileCall call);
};

}  // namespace v1
}  // namespace eventstore
