#pragma once
// What is known about an API key after its events.
#include <aggregates/api_key/events.hpp>

namespace domain {

struct ApiKeyState {
  // used_at is the time of the last ApiKeyUsed, of which there is one a minute at most.
  EVENTSTORE_FIELDS(ApiKeyState, (eventstore::Secret, key_hash, , eventstore::secret), (std::string, key_prefix),
                    (std::string, name), (std::optional<std::string>, description),
                    (KeyEnvironment, environment, KeyEnvironment::development), (Permissions, permissions),
                    (RateLimit, rate_limit, RateLimit{}), (bool, is_active, true),
                    (std::optional<std::string>, created_by), (std::optional<eventstore::Timestamp>, last_used_at),
                    (std::int64_t, usage_count), (bool, issued, false, eventstore::bookkeeping),
                    (std::optional<eventstore::Timestamp>, used_at, , eventstore::bookkeeping));
};

}  // namespace domain
