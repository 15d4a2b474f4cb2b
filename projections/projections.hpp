#pragma once
// The collections that are made from the event stream.
#include <eventstore/projection/projection_type.hpp>
#include <vector>

// One line registers a collection of this domain, which has a file of its own that defines <name>_projection(). The
// others are the library's.
// clang-format off
#define DOMAIN_PROJECTIONS(projection) \
  projection(message_logs)             \
  projection(campaigns)                \
  projection(conversations)            \
  projection(deliveries)               \
  projection(agents)                   \
  projection(customers)                \
  projection(call_logs)                \
  projection(transcripts)              \
  projection(recordings)               \
  projection(appointment_audit_log)    \
  projection(system_metrics)           \
  projection(api_keys)                 \
  projection(contacts)                 \
  projection(chatbots)                 \
  projection(users)                    \
  projection(calendar_events)          \
  projection(sessions)                 \
  projection(agent_logs)
// clang-format on

namespace domain {

#define DOMAIN_DECLARE_PROJECTION(name) eventstore::ProjectionType name##_projection();
DOMAIN_PROJECTIONS(DOMAIN_DECLARE_PROJECTION)
#undef DOMAIN_DECLARE_PROJECTION

/// All collections, in the order in which they are listed to people: the library's after the first.
std::vector<eventstore::ProjectionType> all_projections();

}  // namespace domain
