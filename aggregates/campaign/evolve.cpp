// Any history is fact: nothing here checks a transition. Outcomes come early, too: each is kept by its contact, one a
// contact, and the campaign takes its list, its execution or even its creation later.
#include <aggregates/campaign/campaign.hpp>
#include <aggregates/campaign/outcome.hpp>
#include <aggregates/campaign/tries.hpp>
#include <aggregates/common/counts.hpp>

#include <algorithm>

namespace domain {
namespace {

void set_id(CampaignState& state, const std::string& campaign_id) {
  state.campaign_id = campaign_id;
  if (campaign_id.empty()) return;
  state.early_counts.reset();  // measure has counted them for this campaign
  state.early_sums.reset();
}

// Contacts that outcomes came from belong to the campaign, whoever counted without them.
void count_contacts(CampaignState& state, std::int64_t count) {
  const auto known = static_cast<std::int64_t>(state.contacts.size());
  state.contacts_count = state.counts.empty() ? count : std::max(count, known);
}

}  // namespace

void Campaign::evolve(State& state, const CampaignCreated& event) {
  // A creation that comes late takes nothing back of what happened since.
  const bool is_first = state.name.empty();
  set_id(state, event.campaign_id);
  state.name = event.name;
  state.channel = event.channel;
  if (!is_first || state.content.empty()) state.content = event.content;
  if (!is_first) state.status = CampaignStatus::draft;
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
    forget_contact(state, id);
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
  set_id(state, event.campaign_id);  // the campaign may never have been created
  count_contacts(state, event.contacts_count);
  state.executed_at = metadata.created_at;
  if (at_once) state.completed_at = metadata.created_at;
  state.status = at_once ? CampaignStatus::completed : CampaignStatus::executing;
}

void Campaign::evolve(State& state, const CampaignContactReached& event) {
  add_tries(state, event);
  if (!gets_further(state, event.contact_id, event.outcome)) return;
  auto& outcome = state.contacts[event.contact_id];
  if (outcome) count_down(state.counts, to_string(*outcome));
  outcome = event.outcome;
  count_up(state.counts, to_string(event.outcome));
  count_contacts(state, state.contacts_count);
  if (!state.campaign_id.empty()) return;
  if (!state.early_counts) state.early_counts.emplace();
  count_up(*state.early_counts, to_string(event.outcome));
}

void Campaign::evolve(State& state, const CampaignContactResultRecorded& event) { add_result(state, event); }

void Campaign::evolve(State& state, const CampaignPaused&) { state.status = CampaignStatus::paused; }

void Campaign::evolve(State& state, const CampaignResumed&) { state.status = CampaignStatus::executing; }

void Campaign::evolve(State& state, const CampaignCompleted& event, const Metadata& metadata) {
  count_contacts(state, event.contacts_count);
  state.completed_at = metadata.created_at;
  state.status = CampaignStatus::completed;
}

void Campaign::evolve(State& state, const CampaignCancelled&) { state.status = CampaignStatus::cancelled; }

void Campaign::evolve(State& state, const CampaignDeleted&, const Metadata& metadata) {
  state.deleted_at = metadata.created_at;
}

}  // namespace domain
