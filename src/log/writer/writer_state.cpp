#include "writer_state.hpp"

#include <eventstore/os/detail/wake_word.hpp>

namespace eventstore::engine {
namespace {

constexpr std::chrono::hours patience{1};  // a wait that ends without a reason looks again

}  // namespace

bool WriterState::enter() {
  const auto phase = phase_of(state().fetch_add(one_call));
  if (phase != Phase::closing && phase != Phase::closed) return true;
  leave();
  return false;
}

void WriterState::leave() {
  const auto before = state().fetch_sub(one_call);
  if (phase_of(before) == Phase::closing && before / one_call == 1) wake_all(word_, WaitScope::process);
}

bool WriterState::change(Phase from, Phase to) {
  auto word = state().load();
  while (phase_of(word) == from)
    if (state().compare_exchange_weak(word, word - static_cast<std::uint32_t>(from) + static_cast<std::uint32_t>(to)))
      return true;
  return false;
}

std::optional<WriterState::Phase> WriterState::begin_close() {
  for (auto before = phase(); before != Phase::closing && before != Phase::closed; before = phase()) {
    if (!change(before, Phase::closing)) continue;
    for (auto word = state().load(); word / one_call > 0; word = state().load())
      wait_on(word_, word, patience, WaitScope::process);
    return before;
  }
  for (auto word = state().load(); phase_of(word) != Phase::closed; word = state().load())
    wait_on(word_, word, patience, WaitScope::process);
  return std::nullopt;
}

void WriterState::finish_close() {
  change(Phase::closing, Phase::closed);
  wake_all(word_, WaitScope::process);
}

}  // namespace eventstore::engine
