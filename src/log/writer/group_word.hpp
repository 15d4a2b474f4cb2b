#pragma once
// The word on which the threads of a group wait: until one of them is called to lead, and until the group is done.
#include <eventstore/os/detail/threads.hpp>

#include <atomic>
#include <cstdint>

namespace eventstore::engine {

/// Threads: every member from any thread.
class GroupWord {
 public:
  enum State : std::uint32_t { forming, leader_wanted, leader_found, done };
  /// What a waiting thread does next.
  enum class Step : std::uint8_t { lead, leave, wait, read_again };

  /// Returns true if the caller is to lead the group, and false once the group is done.
  bool wait_to_lead();
  /// Calls one of the threads that wait, or that come to wait, to lead the group.
  void call_leader();
  /// The group is done: the threads that wait leave. `is_waited_on`: whether there are such threads.
  void finish(bool is_waited_on);

  /// The next step of a thread that read `seen`. Nobody wakes a thread that waits once the group is done, so a thread
  /// waits only on a word that it has itself found not done.
  Step step_after(std::uint32_t seen);

 private:
  [[nodiscard]] std::atomic_ref<std::uint32_t> state() {
    thread_step();
    return std::atomic_ref{word_};
  }

  std::uint32_t word_ = forming;  // only touched as an atomic
};

}  // namespace eventstore::engine
