#pragma once
// The collections that are made from the event stream.
#include <eventstore/projection/projection_type.hpp>
#include <vector>

// One line registers a collection. Its file defines <name>_projection().
// clang-format off
#define DOMAIN_PROJECTIONS(projection) \
  projection(message_logs)             \
  projection(audit_logs)               \
  projection(analytics)                \
  projection(events)                   \
  projection(campaigns)                \
  projection(conversations)            \
  projection(deliveries)
// clang-format on

namespace domain {

#define DOMAIN_DECLARE_PROJECTION(name) eventstore::ProjectionType name##_projection();
DOMAIN_PROJECTIONS(DOMAIN_DECLARE_PROJECTION)
#undef DOMAIN_DECLARE_PROJECTION

/// All of them, in the order in which they are listed to people.
std::vector<eventstore::ProjectionType> all_projections();

}  // namespace domain
