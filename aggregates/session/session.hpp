#pragma once
// A session of OAuth 2: the time for which a provider lets the assistant into a user's calendar. It is active until it
// is ended or expires_at has come.
//
// Rules that the requirements leave open:
// - a session may start with an expires_at that is past: it is recorded, and never active;
// - a refresh without a refresh_token keeps the one that is there (RFC 6749, section 6), and one that tells what is
//   there already changes nothing;
// - an expired session may be refreshed; an ended one may not, and has no tokens any more;
// - history is fact: a refresh that comes before the start counts for more than the start; a start that is repeated
//   changes nothing; an end stays, and what comes after it brings no token back.
#include <aggregates/session/commands.hpp>
#include <aggregates/session/state.hpp>
#include <eventstore/aggregate/decider_of.hpp>

namespace domain {

struct Session
    : eventstore::DeciderOf<"session", SessionState, eventstore::Events<SessionStarted, SessionRefreshed, SessionEnded>,
                            eventstore::Commands<StartSession, RefreshSession, EndSession>> {
  static void evolve(State& state, const SessionStarted& event);
  static void evolve(State& state, const SessionRefreshed& event);
  static void evolve(State& state, const SessionEnded& event, const Metadata& metadata);

  static Decision decide(const State* state, const StartSession& command);
  static Decision decide(const State& state, const RefreshSession& command);
  static Decision decide(const State& state, const EndSession& command);

  /// The user. Empty, which leaves it to the stream itself, before the start names the user.
  static std::string subject(const State& state) { return state.user_id; }

  static Decision make_up(Random& random, const State& state);
};

}  // namespace domain
