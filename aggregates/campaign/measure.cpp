#include <aggregates/campaign/campaign.hpp>
#include <aggregates/campaign/outcome.hpp>
#include <eventstore/aggregate/measurements.hpp>

namespace domain {

void Campaign::measure(const CampaignExecuted& event, const State&, const State& after, Measurements& to) {
  const auto channel = to_string(after.channel);
  to.add("campaigns_executed", 1, {{"campaign_id", event.campaign_id}}, {{"channel", channel}});
  to.add("campaign_contacts", static_cast<double>(event.contacts_count), {{"campaign_id", event.campaign_id}},
         {{"channel", channel}});
}

void Campaign::measure(const CampaignContactReached& event, const State& before, const State& after, Measurements& to) {
  if (!gets_further(before, event.contact_id, event.outcome)) return;
  to.add("campaign_contacts_reached", 1, {{"campaign_id", after.campaign_id}}, {{"outcome", to_string(event.outcome)}});
}

}  // namespace domain
