#include <projections/projections.hpp>

namespace domain {

std::vector<eventstore::ProjectionType> all_projections() {
#define DOMAIN_MAKE_PROJECTION(name) name##_projection(),
  return {DOMAIN_PROJECTIONS(DOMAIN_MAKE_PROJECTION)};
#undef DOMAIN_MAKE_PROJECTION
}

}  // namespace domain
