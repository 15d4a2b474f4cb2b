#include <aggregates/campaign/campaign.hpp>
#include <aggregates/campaign/outcome.hpp>
#include <eventstore/aggregate/measurements.hpp>

namespace domain {
namespace {

// Outcomes that came before the campaign was known are counted once it is.
void count_early(const CampaignState& before, const CampaignState& after, eventstore::Measurements& to) {
  if (!before.early_counts || after.campaign_id.empty()) return;
  for (const auto& [outcome, count] : *before.early_counts)
    to.add("campaign_contacts_reached", static_cast<double>(count), {{"campaign_id", after.campaign_id}},
           {{"outcome", outcome}}, count);
}

}  // namespace

void Campaign::measure(const CampaignCreated&, const State& before, const State& after, Measurements& to) {
  count_early(before, after, to);
}

void Campaign::measure(const CampaignExecuted& event, const State& before, const State& after, Measurements& to) {
  const auto channel = to_string(after.channel);
  to.add("campaigns_executed", 1, {{"campaign_id", event.campaign_id}}, {{"channel", channel}});
  to.add("campaign_contacts", static_cast<double>(event.contacts_count), {{"campaign_id", event.campaign_id}},
         {{"channel", channel}});
  count_early(before, after, to);
}

void Campaign::measure(const CampaignContactReached& event, const State& before, const State& after, Measurements& to) {
  if (after.early_counts || !gets_further(before, event.contact_id, event.outcome)) return;
  to.add("campaign_contacts_reached", 1, {{"campaign_id", after.campaign_id}}, {{"outcome", to_string(event.outcome)}});
}

}  // namespace domain
