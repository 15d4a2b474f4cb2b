#pragma once
// What can be asked of an agent. A command carries its event's data.
#include <aggregates/agent/events.hpp>

namespace domain {

/// Opens the stream.
struct RegisterAgent {
  EVENTSTORE_COMMAND(RegisterAgent, "register", (std::string, name, , eventstore::personal),
                     (std::string, phone, , eventstore::personal), (std::string, email, , eventstore::personal),
                     (eventstore::Secret, password_hash, , eventstore::secret), (AgentRole, role, AgentRole::agent));
};

struct ChangeAgentProfile {
  EVENTSTORE_COMMAND(ChangeAgentProfile, "change_profile", (std::optional<std::string>, name, , eventstore::personal),
                     (std::optional<std::string>, phone, , eventstore::personal),
                     (std::optional<std::string>, email, , eventstore::personal));
};

struct ChangeAgentPassword {
  EVENTSTORE_COMMAND(ChangeAgentPassword, "change_password", (eventstore::Secret, password_hash, , eventstore::secret));
};

struct ChangeAgentRole {
  EVENTSTORE_COMMAND(ChangeAgentRole, "change_role", (AgentRole, role));
};

struct ActivateAgent {
  EVENTSTORE_COMMAND(ActivateAgent, "activate", (std::optional<std::string>, reason, , eventstore::personal));
};

struct DeactivateAgent {
  EVENTSTORE_COMMAND(DeactivateAgent, "deactivate", (std::optional<std::string>, reason, , eventstore::personal));
};

struct LocateAgent {
  EVENTSTORE_COMMAND(LocateAgent, "locate", (double, longitude, , eventstore::personal),
                     (double, latitude, , eventstore::personal));
};

struct SubscribeAgentPush {
  EVENTSTORE_COMMAND(SubscribeAgentPush, "subscribe_push", (eventstore::Secret, endpoint, , eventstore::secret),
                     (eventstore::Secret, auth, , eventstore::secret),
                     (eventstore::Secret, p256dh, , eventstore::secret));
};

struct UnsubscribeAgentPush {
  EVENTSTORE_COMMAND(UnsubscribeAgentPush, "unsubscribe_push");
};

struct LogAgentIn {
  EVENTSTORE_COMMAND(LogAgentIn, "log_in");
};

struct FailAgentLogin {
  EVENTSTORE_COMMAND(FailAgentLogin, "fail_login", (std::string, reason, , eventstore::personal));
};

}  // namespace domain
