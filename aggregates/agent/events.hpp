#pragma once
// What happens to an agent: who it is, whether it works, where it is, and how it logs in. All of it is about the agent,
// so the key of the stream is the subject.
#include <eventstore/schema/enum.hpp>
#include <eventstore/schema/fields.hpp>
#include <eventstore/schema/secret.hpp>

#include <optional>
#include <string>

namespace domain {

EVENTSTORE_ENUM(AgentRole, agent, admin);

/// password_hash is a bcrypt or argon2id hash.
struct AgentRegistered {
  EVENTSTORE_EVENT(AgentRegistered, (std::string, name, , eventstore::personal),
                   (std::string, phone, , eventstore::personal), (std::string, email, , eventstore::personal),
                   (eventstore::Secret, password_hash, , eventstore::secret), (AgentRole, role, AgentRole::agent));
};

struct AgentProfileChanged {
  EVENTSTORE_EVENT(AgentProfileChanged, (std::optional<std::string>, name, , eventstore::personal),
                   (std::optional<std::string>, phone, , eventstore::personal),
                   (std::optional<std::string>, email, , eventstore::personal));
};

struct AgentPasswordChanged {
  EVENTSTORE_EVENT(AgentPasswordChanged, (eventstore::Secret, password_hash, , eventstore::secret));
};

struct AgentRoleChanged {
  EVENTSTORE_EVENT(AgentRoleChanged, (AgentRole, role));
};

struct AgentActivated {
  EVENTSTORE_EVENT(AgentActivated, (std::optional<std::string>, reason, , eventstore::personal));
};

struct AgentDeactivated {
  EVENTSTORE_EVENT(AgentDeactivated, (std::optional<std::string>, reason, , eventstore::personal));
};

struct AgentLocated {
  EVENTSTORE_EVENT(AgentLocated, (double, longitude, , eventstore::personal),
                   (double, latitude, , eventstore::personal));
};

/// A browser's subscription to Web Push (RFC 8030, RFC 8291).
struct AgentPushSubscribed {
  EVENTSTORE_EVENT(AgentPushSubscribed, (eventstore::Secret, endpoint, , eventstore::secret),
                   (eventstore::Secret, auth, , eventstore::secret),
                   (eventstore::Secret, p256dh, , eventstore::secret));
};

struct AgentPushUnsubscribed {
  EVENTSTORE_EVENT(AgentPushUnsubscribed);
};

struct AgentLoggedIn {
  EVENTSTORE_EVENT(AgentLoggedIn);
};

struct AgentLoginFailed {
  EVENTSTORE_EVENT(AgentLoginFailed, (std::string, reason, , eventstore::personal));
};

}  // namespace domain
