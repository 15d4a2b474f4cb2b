#include <aggregates/campaign/campaign.hpp>
#include <aggregates/campaign/outcome.hpp>
#include <aggregates/campaign/tries.hpp>
#include <eventstore/aggregate/measurements.hpp>

namespace domain {
namespace {

// `talks` is in how many reports the seconds of talk came.
void add_tries_and_talk(const std::string& campaign_id, const TriesGained& gained, std::int64_t talks,
                        eventstore::Measurements& to) {
  if (gained.tries != 0)
    to.add("campaign_contact_tries", static_cast<double>(gained.tries), {{"campaign_id", campaign_id}}, {},
           gained.tries);
  if (gained.talk_seconds != 0)
    to.add("campaign_talk_seconds", static_cast<double>(gained.talk_seconds), {{"campaign_id", campaign_id}}, {},
           talks);
}

void add_results(const std::string& campaign_id, ContactResult result, std::int64_t count,
                 eventstore::Measurements& to) {
  if (count == 0) return;
  to.add("campaign_contact_results", static_cast<double>(count), {{"campaign_id", campaign_id}},
         {{"result", to_string(result)}}, count);
}

std::int64_t sum_called(const Counts& sums, std::string_view name) {
  const auto found = sums.find(std::string{name});
  return found == sums.end() ? 0 : found->second;
}

// What came before the campaign was known is counted once it is.
void count_early(const CampaignState& before, const CampaignState& after, eventstore::Measurements& to) {
  if (after.campaign_id.empty()) return;
  if (before.early_counts)
    for (const auto& [outcome, count] : *before.early_counts)
      to.add("campaign_contacts_reached", static_cast<double>(count), {{"campaign_id", after.campaign_id}},
             {{"outcome", outcome}}, count);
  if (!before.early_sums) return;
  const auto& sums = *before.early_sums;
  add_tries_and_talk(after.campaign_id, {sum_called(sums, "tries"), sum_called(sums, "talk_seconds")},
                     sum_called(sums, "talks"), to);
  for (const auto result : {ContactResult::not_converted, ContactResult::converted})
    add_results(after.campaign_id, result, sum_called(sums, to_string(result)), to);
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
  if (after.campaign_id.empty()) return;  // counted once the campaign is known
  add_tries_and_talk(after.campaign_id, tries_gained(before, event), 1, to);
  if (!gets_further(before, event.contact_id, event.outcome)) return;
  to.add("campaign_contacts_reached", 1, {{"campaign_id", after.campaign_id}}, {{"outcome", to_string(event.outcome)}});
}

void Campaign::measure(const CampaignContactResultRecorded& event, const State& before, const State& after,
                       Measurements& to) {
  if (after.campaign_id.empty() || !gets_result(before, event.contact_id, event.result)) return;
  add_results(after.campaign_id, event.result, 1, to);
}

}  // namespace domain
