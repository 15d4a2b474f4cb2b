#include <aggregates/campaign/outcome.hpp>
#include <bench/data.hpp>
#include <bench/workloads/large_campaign.hpp>

#include <algorithm>
#include <random>

namespace bench {

using domain::CampaignContactReached;
using domain::ContactOutcome;

std::vector<CampaignEvent> campaign_events(std::size_t contacts) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < contacts; ++i) {
    const auto number = std::to_string(i);
    ids.push_back("contact-" + std::string(6 - std::min<std::size_t>(6, number.size()), '0') + number);
  }
  std::vector<CampaignEvent> events{domain::CampaignCreated{"c-1", "autumn", domain::Channel::whatsapp, "Hello"}};
  for (std::size_t i = 0; i < contacts; i += 1'000)
    events.emplace_back(
        domain::CampaignContactsAdded{{ids.begin() + static_cast<std::ptrdiff_t>(i),
                                       ids.begin() + static_cast<std::ptrdiff_t>(std::min(contacts, i + 1'000))}});
  events.emplace_back(domain::CampaignExecuted{"c-1", static_cast<std::int64_t>(contacts), {}});
  const auto reach_all = [&](ContactOutcome outcome) {
    for (const auto& id : ids) events.emplace_back(CampaignContactReached{id, {}, {}, outcome, {}});
  };
  std::mt19937_64 random{7};
  reach_all(ContactOutcome::sent);
  for (auto begin = ids.begin(); begin != ids.end();) {
    const auto end = begin + std::min<std::ptrdiff_t>(100, ids.end() - begin);
    std::shuffle(begin, end, random);
    begin = end;
  }
  reach_all(ContactOutcome::delivered);
  std::shuffle(ids.begin(), ids.end(), random);
  reach_all(ContactOutcome::read);
  return events;
}

namespace {

void count_contacts(FlatCampaignState& state, std::int64_t count) {
  const auto known = static_cast<std::int64_t>(state.contacts.size());
  state.contacts_count = state.counts.empty() ? count : std::max(count, known);
}

bool gets_further(const FlatCampaignState& state, const std::string& contact_id, ContactOutcome outcome) {
  const auto contact = state.contacts.find(contact_id);
  if (contact == state.contacts.end() || !contact->second) return true;
  return domain::rank_of(outcome) > domain::rank_of(*contact->second);
}

void set_id(FlatCampaignState& state, const std::string& campaign_id) {
  state.campaign_id = campaign_id;
  if (!campaign_id.empty()) state.early_counts.reset();
}

}  // namespace

void FlatCampaign::evolve(State& state, const domain::CampaignCreated& event) {
  const bool is_first = state.name.empty();
  set_id(state, event.campaign_id);
  state.name = event.name;
  state.channel = event.channel;
  if (!is_first || state.content.empty()) state.content = event.content;
  if (!is_first) state.status = domain::CampaignStatus::draft;
}

void FlatCampaign::evolve(State& state, const domain::CampaignContactsAdded& event) {
  for (const auto& id : event.contact_ids)
    if (state.contacts.try_emplace(id).second) ++state.contacts_count;
}

void FlatCampaign::evolve(State& state, const domain::CampaignExecuted& event, const eventstore::Metadata& metadata) {
  const bool at_once = event.status == domain::ExecutionStatus::completed;
  set_id(state, event.campaign_id);
  count_contacts(state, event.contacts_count);
  state.executed_at = metadata.created_at;
  if (at_once) state.completed_at = metadata.created_at;
  state.status = at_once ? domain::CampaignStatus::completed : domain::CampaignStatus::executing;
}

void FlatCampaign::evolve(State& state, const CampaignContactReached& event) {
  if (!gets_further(state, event.contact_id, event.outcome)) return;
  auto& outcome = state.contacts[event.contact_id];
  if (outcome) domain::count_down(state.counts, to_string(*outcome));
  outcome = event.outcome;
  domain::count_up(state.counts, to_string(event.outcome));
  count_contacts(state, state.contacts_count);
  if (!state.campaign_id.empty()) return;
  if (!state.early_counts) state.early_counts.emplace();
  domain::count_up(*state.early_counts, to_string(event.outcome));
}

}  // namespace bench
