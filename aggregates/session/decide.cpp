#include <aggregates/common/checks.hpp>
#include <aggregates/session/session.hpp>

namespace domain {
namespace {

// A refresh token that is given is one.
std::optional<eventstore::Refusal> check_tokens(const eventstore::Secret& access,
                                                const std::optional<eventstore::Secret>& refresh) {
  return check_texts({{"access_token", access.reveal()}, {"refresh_token", refresh ? refresh->reveal() : "none"}});
}

}  // namespace

Session::Decision Session::decide(const State* state, const StartSession& command) {
  if (state != nullptr && is_started(*state)) return already_exists("the session has started");
  if (auto problem = check_texts({{"user_id", command.user_id}})) return *problem;
  if (auto problem = check_tokens(command.access_token, command.refresh_token)) return *problem;
  return SessionStarted{command.user_id, command.provider, command.access_token, command.refresh_token,
                        command.expires_at};
}

Session::Decision Session::decide(const State& state, const RefreshSession& command) {
  if (state.ended) return wrong_status("ended", "session cannot be refreshed");
  if (auto problem = check_tokens(command.access_token, command.refresh_token)) return *problem;
  const SessionRefreshed event{command.access_token, command.refresh_token, command.expires_at};
  auto after = state;
  evolve(after, event);
  if (after == state) return {};
  return event;
}

Session::Decision Session::decide(const State& state, const EndSession& command) {
  if (state.ended) return {};
  return SessionEnded{command.reason};
}

}  // namespace domain
