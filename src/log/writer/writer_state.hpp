#pragma once
// What a writer may do: the phases of its life, and the calls that are inside it.
#include <eventstore/os/detail/threads.hpp>

#include <atomic>
#include <cstdint>
#include <optional>

namespace eventstore::engine {

/// opening → open → closing → closed. A failure makes an open writer failed; a failed writer can only be closed.
///
/// The phase and the number of calls stand in one word, so that no call begins after the closer has counted the calls.
/// Threads: every member from any thread. Cost: one atomic addition to enter, and one to leave.
class WriterState {
 public:
  enum class Phase : std::uint32_t { opening, open, failed, closing, closed };

  /// A call that may write. It is inside until this object is gone, unless the writer was closing.
  class Call {
   public:
    explicit Call(WriterState& state) : state_{state.enter() ? &state : nullptr} {}
    Call(Call&& other) noexcept : state_{other.state_} { other.state_ = nullptr; }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    Call& operator=(Call&&) = delete;
    ~Call() {
      if (state_ != nullptr) state_->leave();
    }
    /// False if the writer is closing or closed: the call must be refused.
    [[nodiscard]] bool is_inside() const { return state_ != nullptr; }

   private:
    WriterState* state_;
  };

  [[nodiscard]] Phase phase() { return phase_of(state().load()); }
  /// The store was recovered: opening → open.
  void begin() { change(Phase::opening, Phase::open); }
  /// open → failed; the other phases stay.
  void fail() { change(Phase::open, Phase::failed); }

  /// Refuses the calls that come from now on, and returns when those inside have left. The first caller gets the phase
  /// that the writer was in, and must call finish_close(). All others get nothing, after the first caller has done so.
  [[nodiscard]] std::optional<Phase> begin_close();
  void finish_close();

 private:
  static constexpr std::uint32_t phase_bits = 3;
  static constexpr std::uint32_t one_call = 1U << phase_bits;
  static Phase phase_of(std::uint32_t word) { return static_cast<Phase>(word & (one_call - 1)); }

  [[nodiscard]] std::atomic_ref<std::uint32_t> state() {
    thread_step();
    return std::atomic_ref{word_};
  }
  bool enter();
  void leave();
  bool change(Phase from, Phase to);

  // calls * one_call + phase; only touched as an atomic
  std::uint32_t word_ = static_cast<std::uint32_t>(Phase::opening);
};

}  // namespace eventstore::engine
