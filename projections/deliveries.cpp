// `deliveries`: the present state of each delivery, with indexes by person, time, priority and place.
#include <aggregates/delivery/delivery.hpp>
#include <eventstore/projection/ready_made/aggregate_documents.hpp>
#include <projections/projections.hpp>

namespace domain {
namespace {

namespace es = eventstore;

struct Deliveries : es::AggregateDocuments<Delivery> {
  static constexpr auto name = "deliveries";
  static std::vector<es::Index> indexes() {
    return {es::index_on({"status"}),         es::index_on({"customer_id"}), es::index_on({"agent_id"}),
            es::index_on({"scheduled_time"}), es::index_by_rank("priority"), es::index_on({"package_details.fragile"}),
            es::location_on("coordinates"),   es::index_on({"created_at"})};
  }
};

}  // namespace

es::ProjectionType deliveries_projection() { return es::projection<Deliveries>(); }

}  // namespace domain
