#pragma once
// What happens to an API key. The key itself is never here: its hash is a secret, and its first characters are shown.
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/enum.hpp>
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/secret.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace domain {

EVENTSTORE_ENUM(KeyEnvironment, development, staging, production);

/// So many requests in a period, which is in milliseconds.
struct RateLimit {
  EVENTSTORE_FIELDS(RateLimit, (std::int64_t, requests, 1000), (std::int64_t, period, 900'000));
};

/// A right is `<resource>:read` or `<resource>:write`.
using Permissions = std::vector<std::string>;

/// key_hash is the SHA-256 of the key, in hexadecimal digits. created_by is a user.
struct ApiKeyIssued {
  EVENTSTORE_EVENT(ApiKeyIssued, (eventstore::Secret, key_hash, , eventstore::secret), (std::string, key_prefix),
                   (std::string, name), (std::optional<std::string>, description),
                   (KeyEnvironment, environment, KeyEnvironment::development), (Permissions, permissions),
                   (RateLimit, rate_limit, RateLimit{}), (std::optional<std::string>, created_by));
};

struct ApiKeyChanged {
  EVENTSTORE_EVENT(ApiKeyChanged, (std::optional<std::string>, name), (std::optional<std::string>, description),
                   (std::optional<Permissions>, permissions), (std::optional<RateLimit>, rate_limit));
};

struct ApiKeyRotated {
  EVENTSTORE_EVENT(ApiKeyRotated, (eventstore::Secret, key_hash, , eventstore::secret), (std::string, key_prefix));
};

struct ApiKeyRevoked {
  EVENTSTORE_EVENT(ApiKeyRevoked, (std::optional<std::string>, reason));
};

struct ApiKeyRestored {
  EVENTSTORE_EVENT(ApiKeyRestored, (std::optional<std::string>, reason));
};

/// So many requests since the last such event.
struct ApiKeyUsed {
  EVENTSTORE_EVENT(ApiKeyUsed, (std::int64_t, requests), (eventstore::Timestamp, last_used_at));
};

}  // namespace domain
