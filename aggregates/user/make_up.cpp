// Made-up users, by the rules of decide.
#include <aggregates/common/made_up.hpp>
#include <aggregates/user/user.hpp>
#include <eventstore/aggregate/random.hpp>

namespace domain {
namespace {

using eventstore::Random;

// The form of an answer of OAuth 2 (RFC 6749); nobody is let in by it.
UserTokensUpdated new_tokens(Random& random) {
  const auto provider = random.pick({CalendarProvider::google, CalendarProvider::microsoft});
  return {provider, eventstore::Secret{R"({"access_token":")" + made_up::letters(random, 32) + R"("})"}};
}

std::optional<UserTokensRevoked> revocation(Random& random, const UserState& state) {
  const auto provider = random.pick({CalendarProvider::google, CalendarProvider::microsoft});
  if (!token_of(state, provider)) return std::nullopt;
  return UserTokensRevoked{provider};
}

}  // namespace

User::Decision User::make_up(Random& random, const State& state) {
  if (state.erased_at) return {};
  if (!state.registered) return UserRegistered{made_up::email(random)};
  const auto roll = random.below(100);
  if (roll < 8) return UserEmailChanged{made_up::email(random)};
  if (roll < 25)
    if (const auto revoked = revocation(random, state)) return *revoked;
  if (roll < 75) return new_tokens(random);
  if (roll < 80) return UserErased{};
  return {};
}

}  // namespace domain
