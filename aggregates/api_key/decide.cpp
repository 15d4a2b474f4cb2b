#include <aggregates/api_key/api_key.hpp>
#include <aggregates/common/checks.hpp>

#include <algorithm>
#include <set>

namespace domain {
namespace {

using eventstore::Refusal;
using eventstore::refuse;

constexpr std::size_t hash_digits = 64;  // SHA-256
constexpr std::int64_t seconds_between_uses = 60;

bool is_hash(std::string_view text) {
  const auto is_hexadecimal = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  };
  return text.size() == hash_digits && std::all_of(text.begin(), text.end(), is_hexadecimal);
}

std::optional<Refusal> check_key(const eventstore::Secret& hash, std::string_view prefix) {
  if (!is_hash(hash.reveal())) return refuse("bad_key_hash", "key_hash is a SHA-256: 64 hexadecimal digits");
  return check_texts({{"key_prefix", prefix}});
}

// "deliveries:read"
bool is_right(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == text.npos || colon == 0) return false;
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
  const auto resource = text.substr(0, colon);
  const auto kind = text.substr(colon + 1);
  return std::all_of(resource.begin(), resource.end(), fits) && (kind == "read" || kind == "write");
}

std::optional<Refusal> check_permissions(const Permissions& permissions) {
  std::set<std::string_view> known;
  for (const auto& right : permissions) {
    if (!is_right(right))
      return refuse("bad_permission", "a permission has the form <resource>:read or <resource>:write");
    if (!known.insert(right).second) return refuse("bad_permission", "a permission stands in the list twice");
  }
  return std::nullopt;
}

std::optional<Refusal> check_rate_limit(const RateLimit& limit) {
  if (limit.requests > 0 && limit.period > 0) return std::nullopt;
  return refuse("bad_rate_limit", "rate_limit has requests above 0 and a period above 0 milliseconds");
}

}  // namespace

ApiKey::Decision ApiKey::decide(const State* state, const IssueApiKey& command) {
  if (state != nullptr && state->issued) return already_exists("the key is issued");
  if (auto problem = check_key(command.key_hash, command.key_prefix)) return *problem;
  if (auto problem = check_texts({{"name", command.name}})) return *problem;
  if (auto problem = check_permissions(command.permissions)) return *problem;
  if (auto problem = check_rate_limit(command.rate_limit)) return *problem;
  return ApiKeyIssued{command.key_hash,    command.key_prefix,  command.name,       command.description,
                      command.environment, command.permissions, command.rate_limit, command.created_by};
}

ApiKey::Decision ApiKey::decide(const State& state, const ChangeApiKey& command) {
  const ApiKeyChanged event{command.name, command.description, command.permissions, command.rate_limit};
  if (event == ApiKeyChanged{})
    return refuse("nothing_to_change", "give a name, a description, permissions or a rate_limit");
  if (command.name)
    if (auto problem = check_texts({{"name", *command.name}})) return *problem;
  if (command.permissions)
    if (auto problem = check_permissions(*command.permissions)) return *problem;
  if (command.rate_limit)
    if (auto problem = check_rate_limit(*command.rate_limit)) return *problem;
  auto after = state;
  evolve(after, event);
  if (after == state) return {};
  return event;
}

ApiKey::Decision ApiKey::decide(const State& state, const RotateApiKey& command) {
  if (!state.is_active) return wrong_status("revoked", "key cannot be rotated");
  if (auto problem = check_key(command.key_hash, command.key_prefix)) return *problem;
  if (state.key_hash == command.key_hash) return {};
  return ApiKeyRotated{command.key_hash, command.key_prefix};
}

ApiKey::Decision ApiKey::decide(const State& state, const RevokeApiKey& command) {
  if (!state.is_active) return {};
  return ApiKeyRevoked{command.reason};
}

ApiKey::Decision ApiKey::decide(const State& state, const RestoreApiKey& command) {
  if (state.is_active) return {};
  return ApiKeyRestored{command.reason};
}

ApiKey::Decision ApiKey::decide(const State& state, const UseApiKey& command, const Context& context) {
  if (!state.is_active) return refuse("key_revoked", "a revoked key cannot be used");
  if (command.requests < 1) return refuse("bad_requests", "requests is above 0");
  if (state.used_at && context.now < state.used_at->plus_seconds(seconds_between_uses))
    return refuse("too_soon", "uses are told once a minute: add these requests to the next ones");
  return ApiKeyUsed{command.requests, command.last_used_at.value_or(context.now)};
}

}  // namespace domain
