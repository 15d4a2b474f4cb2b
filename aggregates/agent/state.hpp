#pragma once
// What is known about an agent after its events.
#include <aggregates/agent/events.hpp>
#include <aggregates/common/coordinates.hpp>
#include <eventstore/core/timestamp.hpp>

#include <cstdint>

namespace domain {

struct PushSubscription {
  EVENTSTORE_FIELDS(PushSubscription, (eventstore::Secret, endpoint, , eventstore::secret),
                    (eventstore::Secret, auth, , eventstore::secret),
                    (eventstore::Secret, p256dh, , eventstore::secret));
};

struct AgentState {
  EVENTSTORE_FIELDS(AgentState, (std::string, name, , eventstore::personal),
                    (std::string, phone, , eventstore::personal), (std::string, email, , eventstore::personal),
                    (eventstore::Secret, password_hash, , eventstore::secret), (AgentRole, role, AgentRole::agent),
                    (bool, is_active, true), (std::optional<Coordinates>, current_location, , eventstore::personal),
                    (std::optional<PushSubscription>, push_subscription),
                    (std::optional<eventstore::Timestamp>, last_login), (std::int64_t, login_count));
};

}  // namespace domain
