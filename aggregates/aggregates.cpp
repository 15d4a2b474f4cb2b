#include <aggregates/aggregates.hpp>

namespace domain {

std::vector<eventstore::AggregateType> all_aggregates() {
#define DOMAIN_MAKE_AGGREGATE(name) name##_type(),
  return {DOMAIN_AGGREGATES(DOMAIN_MAKE_AGGREGATE)};
#undef DOMAIN_MAKE_AGGREGATE
}

}  // namespace domain
