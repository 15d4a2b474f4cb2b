#pragma once
// A key by which a program of others calls this one. Whoever issues a key shows it once and keeps its hash.
//
// Rules that the requirements leave open:
// - no two keys have one hash, in whatever state they are;
// - a revoked key may be restored, and is neither used nor rotated meanwhile;
// - uses are told together: a use within a minute of the last one that was told is refused, and the caller tells it
// with
//   the next one;
// - a time of use that is earlier than the known one does not take the known one back;
// - a command that names what is there already changes nothing;
// - history is fact: what comes before the issue takes effect, and the issue does not restore a key that was revoked.
#include <aggregates/api_key/commands.hpp>
#include <aggregates/api_key/state.hpp>
#include <eventstore/aggregate/decider_of.hpp>
#include <eventstore/aggregate/unique.hpp>

namespace domain {

struct ApiKey
    : eventstore::DeciderOf<
          "api_key", ApiKeyState,
          eventstore::Events<ApiKeyIssued, ApiKeyChanged, ApiKeyRotated, ApiKeyRevoked, ApiKeyRestored, ApiKeyUsed>,
          eventstore::Commands<IssueApiKey, ChangeApiKey, RotateApiKey, RevokeApiKey, RestoreApiKey, UseApiKey>> {
  static constexpr auto collection = "api_keys";
  static constexpr auto unique = eventstore::unique<&ApiKeyState::key_hash>(eventstore::lower_case);

  static void evolve(State& state, const ApiKeyIssued& event);
  static void evolve(State& state, const ApiKeyChanged& event);
  static void evolve(State& state, const ApiKeyRotated& event);
  static void evolve(State& state, const ApiKeyRevoked& event);
  static void evolve(State& state, const ApiKeyRestored& event);
  static void evolve(State& state, const ApiKeyUsed& event, const Metadata& metadata);

  static Decision decide(const State* state, const IssueApiKey& command);
  static Decision decide(const State& state, const ChangeApiKey& command);
  static Decision decide(const State& state, const RotateApiKey& command);
  static Decision decide(const State& state, const RevokeApiKey& command);
  static Decision decide(const State& state, const RestoreApiKey& command);
  static Decision decide(const State& state, const UseApiKey& command, const Context& context);

  static Decision make_up(Random& random, const State& state);
};

}  // namespace domain
