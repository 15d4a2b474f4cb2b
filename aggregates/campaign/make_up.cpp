// Made-up campaigns, by the transitions that decide allows.
#include <aggregates/campaign/campaign.hpp>
#include <aggregates/campaign/outcome.hpp>
#include <aggregates/campaign/tries.hpp>
#include <aggregates/common/made_up.hpp>

#include <algorithm>
#include <iterator>

namespace domain {
namespace {

using eventstore::Random;
using Decision = Campaign::Decision;
using enum ContactOutcome;

std::vector<std::string> new_contacts(Random& random, std::int64_t count) {
  std::vector<std::string> ids;
  for (std::int64_t i = 0; i < count; ++i) ids.push_back(made_up::contact_id(random));
  return ids;
}

const ContactOutcomes::value_type& any_contact(Random& random, const CampaignState& state) {
  return *std::next(state.contacts.begin(), static_cast<std::ptrdiff_t>(random.below(state.contacts.size())));
}

// The next event for a contact; none if there is none.
std::optional<ContactOutcome> next_outcome(Random& random, Channel channel, std::optional<ContactOutcome> now) {
  if (channel == Channel::voice) {
    if (!now) return random.pick({answered, answered, answered, no_answer, busy, failed});
    if (*now == no_answer || *now == busy) return random.pick({answered, failed});
    return std::nullopt;
  }
  if (!now) return random.chance(96) ? sent : failed;
  if (*now == sent) return random.chance(94) ? delivered : failed;
  if (*now == delivered && random.chance(60)) return read;
  return std::nullopt;
}

std::optional<CampaignContactReached> reach(Random& random, const CampaignState& state) {
  for (int tries = 0; tries < 6 && !state.contacts.empty(); ++tries) {
    const auto& [id, now] = any_contact(random, state);
    const auto outcome = next_outcome(random, state.channel, now);
    if (!outcome) continue;
    CampaignContactReached event{};
    event.contact_id = id;
    event.outcome = *outcome;
    if (*outcome == sent) event.message_id = random.uuid().to_string();
    if (state.channel == Channel::voice) event.attempt = now ? 2 : 1;
    if (*outcome == answered) {
      event.duration_seconds = random.between(5, 300);
      event.talk_seconds = std::max<std::int64_t>(0, *event.duration_seconds - random.between(0, 20));
    }
    return event;
  }
  return std::nullopt;
}

// Of a contact who got the message.
std::optional<CampaignContactResultRecorded> result(Random& random, const CampaignState& state) {
  if (state.contacts.empty()) return std::nullopt;
  const auto& [id, now] = any_contact(random, state);
  if (!now || (*now != read && *now != answered)) return std::nullopt;
  CampaignContactResultRecorded event{};
  event.contact_id = id;
  event.result = random.chance(30) ? ContactResult::converted : ContactResult::not_converted;
  if (!gets_result(state, id, event.result)) return std::nullopt;
  if (event.result == ContactResult::converted) event.value = static_cast<double>(random.between(5, 200));
  return event;
}

CampaignCreated begin(Random& random) {
  CampaignCreated event{};
  event.campaign_id = random.key();
  event.name = made_up::campaign_name(random);
  event.channel = random.pick({Channel::whatsapp, Channel::whatsapp, Channel::sms, Channel::voice});
  event.content = made_up::campaign_text(random);
  return event;
}

Decision prepare(Random& random, const CampaignState& state) {
  if (state.contacts.empty()) return CampaignContactsAdded{new_contacts(random, random.between(4, 40))};
  const auto roll = random.below(100);
  if (roll < 12) return CampaignContentChanged{made_up::campaign_text(random)};
  if (roll < 20) return CampaignContactsAdded{new_contacts(random, random.between(1, 5))};
  if (roll < 28) return CampaignContactsRemoved{{any_contact(random, state).first}};
  if (roll < 32) return CampaignCancelled{"budget"};
  if (roll < 34) return CampaignDeleted{made_up::sometimes(random, 50, "a draft nobody needs")};
  const bool waits = state.status == CampaignStatus::draft ? roll < 70 : roll < 40;
  if (waits) return CampaignScheduled{random.now().plus_seconds(random.between(1, 48) * 1'800)};
  const bool at_once = random.chance(8);
  return CampaignExecuted{state.campaign_id, state.contacts_count,
                          at_once ? ExecutionStatus::completed : ExecutionStatus::executing};
}

CampaignCompleted complete(const CampaignState& state) {
  return {state.contacts_count, succeeded_of(state.counts), failed_of(state.counts)};
}

Decision execute(Random& random, const CampaignState& state) {
  const auto roll = random.below(1'000);
  if (roll < 25) return CampaignPaused{made_up::sometimes(random, 60, "too many failures")};
  if (roll < 28) return CampaignCancelled{"wrong audience"};
  if (roll < 33) return CampaignContactsRemoved{{any_contact(random, state).first}};
  if (random.chance(8))
    if (const auto came = result(random, state)) return *came;
  if (const auto reached = reach(random, state)) return *reached;
  return complete(state);
}

Decision resume(Random& random, const CampaignState& state) {
  const auto roll = random.below(100);
  if (roll < 5) return CampaignCancelled{std::nullopt};
  if (roll < 10) return complete(state);
  return CampaignResumed{made_up::sometimes(random, 40, "the provider is back")};
}

// Receipts arrive after the end.
Decision after_the_end(Random& random, const CampaignState& state) {
  const auto roll = random.below(100);
  if (roll < 30 && state.executed_at)
    if (const auto reached = reach(random, state)) return *reached;
  if (roll >= 30 && roll < 50)
    if (const auto came = result(random, state)) return *came;
  if (roll > 90) return CampaignDeleted{made_up::sometimes(random, 30, "archived elsewhere")};
  return {};
}

}  // namespace

Campaign::Decision Campaign::make_up(Random& random, const State& state) {
  if (state.campaign_id.empty()) return begin(random);
  if (state.deleted_at) return {};
  switch (state.status) {
    case CampaignStatus::draft:
    case CampaignStatus::scheduled: return prepare(random, state);
    case CampaignStatus::executing:
      if (state.contacts.empty()) return complete(state);
      return execute(random, state);
    case CampaignStatus::paused: return resume(random, state);
    case CampaignStatus::completed:
    case CampaignStatus::cancelled: return after_the_end(random, state);
  }
  return {};
}

}  // namespace domain
