// `campaigns`: the present state of each campaign.
#include <aggregates/campaign/campaign.hpp>
#include <eventstore/projection/ready_made/aggregate_documents.hpp>
#include <projections/projections.hpp>

namespace domain {
namespace {

struct Campaigns : eventstore::AggregateDocuments<Campaign> {
  static constexpr auto name = "campaigns";
  static std::vector<eventstore::Index> indexes() { return {eventstore::index_on({"status"})}; }
};

}  // namespace

eventstore::ProjectionType campaigns_projection() { return eventstore::projection<Campaigns>(); }

}  // namespace domain
