#pragma once
// What can be asked of an API key. A command carries its event's data.
#include <aggregates/api_key/events.hpp>

namespace domain {

/// Opens the stream.
struct IssueApiKey {
  EVENTSTORE_COMMAND(IssueApiKey, "issue", (eventstore::Secret, key_hash, , eventstore::secret),
                     (std::string, key_prefix), (std::string, name), (std::optional<std::string>, description),
                     (KeyEnvironment, environment, KeyEnvironment::development), (Permissions, permissions),
                     (RateLimit, rate_limit, RateLimit{}), (std::optional<std::string>, created_by));
};

struct ChangeApiKey {
  EVENTSTORE_COMMAND(ChangeApiKey, "change", (std::optional<std::string>, name),
                     (std::optional<std::string>, description), (std::optional<Permissions>, permissions),
                     (std::optional<RateLimit>, rate_limit));
};

struct RotateApiKey {
  EVENTSTORE_COMMAND(RotateApiKey, "rotate", (eventstore::Secret, key_hash, , eventstore::secret),
                     (std::string, key_prefix));
};

struct RevokeApiKey {
  EVENTSTORE_COMMAND(RevokeApiKey, "revoke", (std::optional<std::string>, reason));
};

struct RestoreApiKey {
  EVENTSTORE_COMMAND(RestoreApiKey, "restore", (std::optional<std::string>, reason));
};

/// Without last_used_at, now.
struct UseApiKey {
  EVENTSTORE_COMMAND(UseApiKey, "use", (std::int64_t, requests, 1),
                     (std::optional<eventstore::Timestamp>, last_used_at));
};

}  // namespace domain
