#include <reactions/send_campaign_messages.hpp>

#include <aggregates/conversation/conversation.hpp>
#include <functions/campaign_messages.hpp>
#include <reactions/reactions.hpp>

namespace domain {

void SendCampaignMessages::react(const CampaignExecuted& event, const eventstore::Change<Campaign>& change,
                                 eventstore::Outgoing& to) {
  if (event.status != ExecutionStatus::executing || !has_messages(change.after)) return;
  for (const auto& [contact, outcome] : change.after.contacts)
    if (!outcome)
      to.execute<Conversation>(conversation_of(contact), campaign_message(change.key, change.after, contact));
}

eventstore::ReactionType send_campaign_messages_reaction() { return eventstore::reaction<SendCampaignMessages>(); }

}  // namespace domain
