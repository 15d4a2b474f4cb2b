#pragma once
// The collections that are made from the event stream.
#include <eventstore/projection/projection_type.hpp>
#include <vector>

namespace domain {

// Those of this domain alone. Each has a file of its own; the others are the library's.
eventstore::ProjectionType message_logs_projection();
eventstore::ProjectionType campaigns_projection();
eventstore::ProjectionType conversations_projection();
eventstore::ProjectionType deliveries_projection();
eventstore::ProjectionType agents_projection();
eventstore::ProjectionType customers_projection();

/// All collections, in the order in which they are listed to people.
std::vector<eventstore::ProjectionType> all_projections();

}  // namespace domain
