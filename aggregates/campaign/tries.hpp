#pragma once
// Tries with a contact and what came of it, in which a contact only moves forward: a try is counted once by its number,
// the longest talk of a try counts, and a contact that converted stays so.
#include <aggregates/campaign/state.hpp>

namespace domain {

/// What an outcome adds to the tries and the talk of its contact. Without a number, one with talk
/// belongs to the first try, and one without talk tells of no try.
struct TriesGained {
  std::int64_t tries = 0;
  std::int64_t talk_seconds = 0;
  [[nodiscard]] bool any() const { return tries != 0 || talk_seconds != 0; }
};
TriesGained tries_gained(const CampaignState& state, const CampaignContactReached& event);

/// Counts them.
void add_tries(CampaignState& state, const CampaignContactReached& event);

/// Whether `result` would change what is known of the contact.
bool gets_result(const CampaignState& state, const std::string& contact_id, ContactResult result);
void add_result(CampaignState& state, const CampaignContactResultRecorded& event);

/// Takes the contact's tries and result out of the sums.
void forget_contact(CampaignState& state, const std::string& contact_id);

}  // namespace domain
