// Made-up API keys, by the rules of decide. Nobody has a key for these hashes.
#include <aggregates/api_key/api_key.hpp>
#include <aggregates/common/made_up.hpp>
#include <eventstore/aggregate/random.hpp>

namespace domain {
namespace {

using eventstore::Random;
using eventstore::Secret;
using Decision = ApiKey::Decision;

constexpr std::int64_t seconds_per_minute = 60;

std::string digits(Random& random, std::size_t count) {
  std::string text;
  while (text.size() < count) text += "0123456789abcdef"[random.below(16)];
  return text;
}

ApiKeyIssued issue(Random& random) {
  ApiKeyIssued event{};
  event.key_hash = Secret{digits(random, 64)};
  event.key_prefix = "es_" + digits(random, 6);
  event.name = random.pick<std::string_view>({"dashboard", "warehouse", "partner", "reports"});
  event.description = made_up::sometimes(random, 40, "for the nightly import");
  event.environment = random.pick({KeyEnvironment::development, KeyEnvironment::staging, KeyEnvironment::production});
  event.permissions = {"deliveries:read"};
  if (random.chance(50)) event.permissions.emplace_back("deliveries:write");
  event.created_by = "user-1";
  return event;
}

ApiKeyChanged change(Random& random, const ApiKeyState& state) {
  ApiKeyChanged event{};
  event.rate_limit = RateLimit{state.rate_limit.requests + random.between(1, 9) * 100, state.rate_limit.period};
  return event;
}

}  // namespace

ApiKey::Decision ApiKey::make_up(Random& random, const State& state) {
  if (!state.issued) return issue(random);
  const auto roll = random.below(100);
  if (!state.is_active) {
    if (roll < 60) return {};
    return ApiKeyRestored{made_up::sometimes(random, 50, "it was a mistake")};
  }
  const bool may_be_used = !state.used_at || random.now() >= state.used_at->plus_seconds(seconds_per_minute);
  if (roll < 70 && may_be_used) return ApiKeyUsed{random.between(1, 500), random.now()};
  if (roll < 80) return change(random, state);
  if (roll < 88) return ApiKeyRotated{Secret{digits(random, 64)}, "es_" + digits(random, 6)};
  return ApiKeyRevoked{made_up::sometimes(random, 50, "nobody uses it")};
}

}  // namespace domain
