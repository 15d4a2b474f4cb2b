#include <eventstore/projection/ready_made/analytics.hpp>
#include <eventstore/projection/ready_made/audit_logs.hpp>
#include <eventstore/projection/ready_made/events.hpp>
#include <projections/projections.hpp>

namespace domain {

namespace es = eventstore;

std::vector<es::ProjectionType> all_projections() {
#define DOMAIN_MAKE_PROJECTION(name) name##_projection(),
  std::vector<es::ProjectionType> types{DOMAIN_PROJECTIONS(DOMAIN_MAKE_PROJECTION)};
#undef DOMAIN_MAKE_PROJECTION
  types.insert(types.begin() + 1, {es::audit_logs(), es::analytics(), es::events()});
  return types;
}

}  // namespace domain
