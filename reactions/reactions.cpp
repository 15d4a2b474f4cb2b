#include <reactions/reactions.hpp>

#include <reactions/send_campaign_messages.hpp>

namespace domain {

std::vector<eventstore::ReactionType> all_reactions() { return {eventstore::reaction<SendCampaignMessages>()}; }

}  // namespace domain
