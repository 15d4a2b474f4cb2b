#include <eventstore/projection/ready_made/analytics.hpp>
#include <eventstore/projection/ready_made/audit_logs.hpp>
#include <eventstore/projection/ready_made/events.hpp>
#include <projections/projections.hpp>

namespace domain {

namespace es = eventstore;

std::vector<es::ProjectionType> all_projections() {
  return {message_logs_projection(), es::audit_logs(),           es::analytics(),         es::events(),
          campaigns_projection(),    conversations_projection(), deliveries_projection(), agents_projection(),
          customers_projection()};
}

}  // namespace domain
