#include <projections/projections.hpp>

namespace domain {

std::vector<eventstore::ProjectionType> all_projections() {
  return {
      message_logs_projection(),  //
      audit_logs_projection(),    //
      analytics_projection(),     //
      events_projection(),        //
      campaigns_projection(),     //
      conversations_projection(), //
      deliveries_projection(),    //
  };
}

}  // namespace domain
