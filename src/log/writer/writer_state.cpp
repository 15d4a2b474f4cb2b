#include "writer_state.hpp"

namespace eventstore::engine {

bool WriterState::enter() {
  const auto phase = phase_of(word_.fetch_add(one_call));
  if (phase != Phase::closing && phase != Phase::closed) return true;
  leave();
  return false;
}

void WriterState::leave() {
  const auto before = word_.fetch_sub(one_call);
  if (phase_of(before) == Phase::closing && before / one_call == 1) word_.notify_all();
}

bool WriterState::change(Phase from, Phase to) {
  auto word = word_.load();
  while (phase_of(word) == from)
    if (word_.compare_exchange_weak(word, word - static_cast<std::uint32_t>(from) + static_cast<std::uint32_t>(to)))
      return true;
  return false;
}

std::optional<WriterState::Phase> WriterState::begin_close() {
  for (auto before = phase(); before != Phase::closing && before != Phase::closed; before = phase()) {
    if (!change(before, Phase::closing)) continue;
    for (auto word = word_.load(); word / one_call > 0; word = word_.load()) word_.wait(word);
    return before;
  }
  for (auto word = word_.load(); phase_of(word) != Phase::closed; word = word_.load()) word_.wait(word);
  return std::nullopt;
}

void WriterState::finish_close() {
  change(Phase::closing, Phase::closed);
  word_.notify_all();
}

}  // namespace eventstore::engine
