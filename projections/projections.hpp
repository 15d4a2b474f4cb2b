#pragma once
// The collections that are made from the event stream.
#include <eventstore/projection/projection_type.hpp>
#include <vector>

namespace domain {

eventstore::ProjectionType analytics_projection();
eventstore::ProjectionType audit_logs_projection();
eventstore::ProjectionType campaigns_projection();
eventstore::ProjectionType conversations_projection();
eventstore::ProjectionType deliveries_projection();
eventstore::ProjectionType events_projection();
eventstore::ProjectionType message_logs_projection();

/// All of them: one line each in projections.cpp.
std::vector<eventstore::ProjectionType> all_projections();

}  // namespace domain
