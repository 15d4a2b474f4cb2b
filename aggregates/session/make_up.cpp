// Made-up sessions, by the rules of decide.
#include <aggregates/common/made_up.hpp>
#include <aggregates/session/session.hpp>
#include <eventstore/aggregate/random.hpp>

namespace domain {
namespace {

using eventstore::Random;
using eventstore::Secret;

constexpr std::int64_t token_seconds = 3'600;

std::optional<Secret> refresh_token(Random& random) {
  if (!random.chance(60)) return std::nullopt;
  return Secret{made_up::letters(random, 40)};
}

SessionStarted begin(Random& random) {
  SessionStarted event{};
  event.user_id = made_up::user_id(random);
  event.provider = random.pick({CalendarProvider::google, CalendarProvider::microsoft});
  event.access_token = Secret{made_up::letters(random, 32)};
  event.refresh_token = refresh_token(random);
  event.expires_at = random.now().plus_seconds(token_seconds);
  return event;
}

SessionRefreshed renew(Random& random) {
  SessionRefreshed event{};
  event.access_token = Secret{made_up::letters(random, 32)};
  event.refresh_token = refresh_token(random);
  event.expires_at = random.now().plus_seconds(token_seconds);
  return event;
}

}  // namespace

Session::Decision Session::make_up(Random& random, const State& state) {
  if (state.ended) return {};
  if (!is_started(state)) return begin(random);
  const auto roll = random.below(100);
  if (roll < 60) return renew(random);
  if (roll < 85) return SessionEnded{made_up::sometimes(random, 50, "signed out")};
  return {};
}

}  // namespace domain
