#include <aggregates/campaign/tries.hpp>

#include <aggregates/common/early.hpp>

#include <algorithm>

namespace domain {
namespace {

const ContactTries* tries_of(const CampaignState& state, const std::string& contact_id) {
  if (!state.tries) return nullptr;
  const auto found = state.tries->find(contact_id);
  return found == state.tries->end() ? nullptr : &found->second;
}

// 0 where it tells of no try: of a message, and of a call that nobody numbers.
std::int64_t attempt_of(const CampaignContactReached& event) {
  const bool has_talk = event.talk_seconds.value_or(0) > 0;
  return std::max<std::int64_t>(has_talk ? 1 : 0, event.attempt.value_or(0));
}

// Sums that cannot be told a campaign yet wait until it is known.
void note_early(CampaignState& state, std::string_view name, std::int64_t gained) {
  if (!state.campaign_id.empty() || gained == 0) return;
  if (!state.early_sums) state.early_sums.emplace();
  (*state.early_sums)[std::string{name}] += gained;
}

}  // namespace

TriesGained tries_gained(const CampaignState& state, const CampaignContactReached& event) {
  const auto* const known = tries_of(state, event.contact_id);
  TriesGained gained{};
  gained.tries = std::max<std::int64_t>(0, attempt_of(event) - (known == nullptr ? 0 : known->tries));
  std::int64_t talked = 0;
  if (known != nullptr)
    for (const auto& talk : known->talks)
      if (talk.attempt == attempt_of(event)) talked = talk.talk_seconds;
  gained.talk_seconds = std::max<std::int64_t>(0, event.talk_seconds.value_or(0) - talked);
  return gained;
}

void add_tries(CampaignState& state, const CampaignContactReached& event) {
  const auto gained = tries_gained(state, event);
  if (!gained.any()) return;
  if (!state.tries) state.tries.emplace();
  auto& contact = (*state.tries)[event.contact_id];
  contact.tries += gained.tries;
  contact.talk_seconds += gained.talk_seconds;
  if (gained.talk_seconds != 0) {
    const auto attempt = attempt_of(event);
    const auto talk = std::find_if(contact.talks.begin(), contact.talks.end(),
                                   [&](const TryTalk& each) { return each.attempt == attempt; });
    if (talk == contact.talks.end())
      keep_newest(contact.talks, TryTalk{attempt, gained.talk_seconds});
    else
      talk->talk_seconds += gained.talk_seconds;
  }
  state.tries_count = state.tries_count.value_or(0) + gained.tries;
  state.talk_seconds = state.talk_seconds.value_or(0) + gained.talk_seconds;
  note_early(state, "tries", gained.tries);
  note_early(state, "talk_seconds", gained.talk_seconds);
  note_early(state, "talks", gained.talk_seconds == 0 ? 0 : 1);
}

bool gets_result(const CampaignState& state, const std::string& contact_id, ContactResult result) {
  if (!state.results) return true;
  const auto known = state.results->find(contact_id);
  return known == state.results->end() || result > known->second;
}

void add_result(CampaignState& state, const CampaignContactResultRecorded& event) {
  if (!gets_result(state, event.contact_id, event.result)) return;
  if (!state.results) state.results.emplace();
  if (!state.result_counts) state.result_counts.emplace();
  if (const auto known = state.results->find(event.contact_id); known != state.results->end())
    count_down(*state.result_counts, to_string(known->second));
  state.results->insert_or_assign(event.contact_id, event.result);
  count_up(*state.result_counts, to_string(event.result));
  note_early(state, to_string(event.result), 1);
}

void forget_contact(CampaignState& state, const std::string& contact_id) {
  if (const auto* const known = tries_of(state, contact_id); known != nullptr) {
    state.tries_count = state.tries_count.value_or(0) - known->tries;
    state.talk_seconds = state.talk_seconds.value_or(0) - known->talk_seconds;
    state.tries->erase(contact_id);
  }
  if (!state.results) return;
  const auto known = state.results->find(contact_id);
  if (known == state.results->end()) return;
  count_down(*state.result_counts, to_string(known->second));
  state.results->erase(contact_id);
}

}  // namespace domain
