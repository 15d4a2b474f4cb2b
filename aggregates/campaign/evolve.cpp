// Any history is fact: nothing here checks a transition.
#include <aggregates/campaign/campaign.hpp>
#include <aggregates/campaign/outcome.hpp>
#include <aggregates/common/counts.hpp>

#include <algorithm>

namespace domain {

void Campaign::evolve(State& state, const CampaignCreated& event) {
  state.campaign_id = event.campaign_id;
  state.name = event.name;
  state.channel = event.channel;
  state.content = event.content;
  state.status = CampaignStatus::draft;
}

void Campaign::evolve(State& state, const CampaignContentChanged& event) { state.content = event.content; }

// The number of contacts may be more than the contacts listed here (see CampaignExecuted), so it goes up and down with
// them instead of being theirs.
void Campaign::evolve(State& state, const CampaignContactsAdded& event) {
  for (const auto& id : event.contact_ids)
    if (state.contacts.try_emplace(id).second) ++state.contacts_count;
}

void Campaign::evolve(State& state, const CampaignContactsRemoved& event) {
  for (const auto& id : event.contact_ids) {
    const auto contact = state.contacts.find(id);
    if (contact == state.contacts.end()) continue;
    if (contact->second) count_down(state.counts, to_string(*contact->second));
    state.contacts.erase(contact);
    if (state.contacts_count > 0) --state.contacts_count;
  }
}

void Campaign::evolve(State& state, const CampaignScheduled& event) {
  state.scheduled_at = event.scheduled_at;
  state.status = CampaignStatus::scheduled;
}

void Campaign::evolve(State& state, const CampaignExecuted& event, const Metadata& metadata) {
  const bool at_once = event.status == ExecutionStatus::completed;
  state.campaign_id = event.campaign_id;  // the campaign may never have been created
  state.contacts_count = event.contacts_count;
  state.executed_at = metadata.created_at;
  if (at_once) state.completed_at = metadata.created_at;
  state.status = at_once ? CampaignStatus::completed : CampaignStatus::executing;
}

void Campaign::evolve(State& state, const CampaignContactReached& event) {
  if (!gets_further(state, event.contact_id, event.outcome)) return;
  auto& outcome = state.contacts[event.contact_id];
  if (outcome) count_down(state.counts, to_string(*outcome));
  outcome = event.outcome;
  count_up(state.counts, to_string(event.outcome));
  state.contacts_count = std::max(state.contacts_count, static_cast<std::int64_t>(state.contacts.size()));
}

void Campaign::evolve(State& state, const CampaignPaused&) { state.status = CampaignStatus::paused; }

void Campaign::evolve(State& state, const CampaignResumed&) { state.status = CampaignStatus::executing; }

void Campaign::evolve(State& state, const CampaignCompleted& event, const Metadata& metadata) {
  state.contacts_count = event.contacts_count;
  state.completed_at = metadata.created_at;
  state.status = CampaignStatus::completed;
}

void Campaign::evolve(State& state, const CampaignCancelled&) { state.status = CampaignStatus::cancelled; }

void Campaign::evolve(State& state, const CampaignDeleted&, const Metadata& metadata) {
  state.deleted_at = metadata.created_at;
}

}  // namespace domain
