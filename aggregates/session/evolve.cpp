// Any history is fact: nothing here checks a transition.
#include <aggregates/session/session.hpp>

namespace domain {

// An expiry that is there already is from a refresh, which is later than the start.
void Session::evolve(State& state, const SessionStarted& event) {
  if (is_started(state)) return;
  state.user_id = event.user_id;
  state.provider = event.provider;
  const bool was_refreshed = state.expires_at.has_value();
  if (!was_refreshed) state.expires_at = event.expires_at;
  if (state.ended) return;
  if (!was_refreshed) state.access_token = event.access_token;
  if (!state.refresh_token) state.refresh_token = event.refresh_token;
}

void Session::evolve(State& state, const SessionRefreshed& event) {
  if (state.ended) return;
  state.access_token = event.access_token;
  if (event.refresh_token) state.refresh_token = event.refresh_token;
  state.expires_at = event.expires_at;
}

void Session::evolve(State& state, const SessionEnded&, const Metadata& metadata) {
  if (state.ended) return;
  state.ended = true;
  state.ended_at = metadata.created_at;
  state.access_token.reset();
  state.refresh_token.reset();
}

}  // namespace domain
