#pragma once
// A user of the calendar assistant.
//
// Rules that the requirements leave open:
// - the e-mail address is kept in lower case, whatever the event has, and no two users of an organization have one;
// - new tokens replace the old ones of the same provider, and revoked ones are gone from the state;
// - a command that names the present address or tokens changes nothing;
// - history is fact: what comes before the registration takes effect at once, and the registration takes nothing of it
//   back, nor does one that is repeated;
// - an erased user takes no command, and later history brings nothing of it back. `erase` is the fact in the domain;
//   the command `subject erase` destroys the key, with which the user's sessions, calendar events and runs are
//   encrypted too.
#include <aggregates/user/commands.hpp>
#include <aggregates/user/state.hpp>
#include <eventstore/aggregate/decider_of.hpp>
#include <eventstore/aggregate/unique.hpp>

namespace domain {

struct User
    : eventstore::DeciderOf<
          "user", UserState,
          eventstore::Events<UserRegistered, UserEmailChanged, UserTokensUpdated, UserTokensRevoked, UserErased>,
          eventstore::Commands<RegisterUser, ChangeUserEmail, UpdateUserTokens, RevokeUserTokens, EraseUser>> {
  static constexpr auto collection = "users";
  static constexpr auto unique = eventstore::unique<&UserState::email>(eventstore::lower_case);

  static void evolve(State& state, const UserRegistered& event);
  static void evolve(State& state, const UserEmailChanged& event);
  static void evolve(State& state, const UserTokensUpdated& event);
  static void evolve(State& state, const UserTokensRevoked& event);
  static void evolve(State& state, const UserErased& event, const Metadata& metadata);

  static Decision decide(const State* state, const RegisterUser& command);
  static Decision decide(const State& state, const ChangeUserEmail& command);
  static Decision decide(const State& state, const UpdateUserTokens& command);
  static Decision decide(const State& state, const RevokeUserTokens& command);
  static Decision decide(const State& state, const EraseUser& command);

  static Decision make_up(Random& random, const State& state);
};

}  // namespace domain
