#include <functions/campaign_messages.hpp>

#include <eventstore/core/uuid.hpp>

namespace domain {

namespace es = eventstore;

SendCampaignMessage campaign_message(std::string_view campaign_id, const CampaignState& campaign,
                                     const std::string& contact_id) {
  SendCampaignMessage message{};
  message.contact_id = contact_id;
  message.channel = campaign.channel;
  message.campaign_id = campaign_id;
  message.message_id =
      es::Uuid::v5(es::eventstore_namespace, "campaign message\n" + std::string{campaign_id} + '\n' + contact_id)
          .to_string();
  message.message_content = campaign.content;
  return message;
}

}  // namespace domain
