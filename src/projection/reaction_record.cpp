#include <eventstore/projection/reaction_record.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {
namespace {

void note(ReactionState& state, const ReactionCause& cause) { state.noted = std::max(state.noted, cause.position); }

}  // namespace

void ReactionRecord::evolve(State& state, const ReactionStarted& event) { state.after = event.after; }

void ReactionRecord::evolve(State& state, const ReactionCommandRefused& event) {
  note(state, event.cause);
  ++state.refused;
}

void ReactionRecord::evolve(State& state, const ReactionSetAside& event, const Metadata& metadata) {
  note(state, event.cause);
  ReactionLetter letter{event.cause, event.attempts, event.code, event.reason, metadata.created_at, std::nullopt};
  if (event.timer) {
    const auto timer = state.timers.find(*event.timer);
    if (timer == state.timers.end()) return;
    letter.timer = timer->second;
    state.timers.erase(*event.timer);
  }
  state.letters.insert_or_assign(event.letter, std::move(letter));
}

void ReactionRecord::evolve(State& state, const ReactionRetried& event) { state.letters.erase(event.letter); }

void ReactionRecord::evolve(State& state, const ReactionDropped& event) { state.letters.erase(event.letter); }

void ReactionRecord::evolve(State& state, const ReactionTimerSet& event) {
  note(state, event.what.cause);
  state.timers.insert_or_assign(event.timer, event.what);
}

void ReactionRecord::evolve(State& state, const ReactionTimerCancelled& event) {
  note(state, event.cause);
  state.timers.erase(event.timer);
}

// A timer that was set again in the meantime stays.
void ReactionRecord::evolve(State& state, const ReactionTimerFired& event) {
  const auto timer = state.timers.find(event.timer);
  if (timer != state.timers.end() && timer->second.action_id == event.action_id) state.timers.erase(event.timer);
}

}  // namespace v1
}  // namespace eventstore
