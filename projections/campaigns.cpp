// `campaigns`: the present state of each campaign.
#include <aggregates/campaign/campaign.hpp>
#include <projections/aggregate_documents.hpp>
#include <projections/projections.hpp>
#include <source_hash/campaigns.hpp>

namespace domain {
namespace {

struct Campaigns : AggregateDocuments<Campaign> {
  static constexpr auto name = "campaigns";
  static std::vector<eventstore::Index> indexes() { return {eventstore::index_on({"status"})}; }
};

}  // namespace

eventstore::ProjectionType campaigns_projection() { return eventstore::projection<Campaigns>(source_hash::campaigns); }

}  // namespace domain
