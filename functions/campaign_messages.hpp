#pragma once
// The message of a campaign to one of its contacts.
#include <aggregates/campaign/state.hpp>
#include <aggregates/conversation/commands.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace domain {

/// The key of the conversation with a contact into which campaigns write: the contact's id.
inline const std::string& conversation_of(const std::string& contact_id) { return contact_id; }

/// The campaign's message to the contact. Its message_id is the UUIDv5 of campaign and contact, so that a contact has
/// it once, whoever sends it and how often.
SendCampaignMessage campaign_message(std::string_view campaign_id, const CampaignState& campaign,
                                     const std::string& contact_id);

/// Whether the campaign's channel takes messages: a campaign of calls has none.
[[nodiscard]] inline bool has_messages(const CampaignState& campaign) { return campaign.channel != Channel::voice; }

}  // namespace domain
