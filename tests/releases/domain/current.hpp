#pragma once
// The release after it: the aggregates of aggregates/, with the past that previous.hpp gives them and one field renamed
// in each. States, evolve and measure are theirs; commands are left out.
#include <aggregates/campaign/campaign.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <aggregates/delivery/delivery.hpp>
#include <eventstore/aggregate/aggregate_type.hpp>

#include "releases/domain/previous.hpp"

namespace domain::current {

namespace es = eventstore;
using std::string;

struct CampaignContentChanged {
  EVENTSTORE_EVENT(CampaignContentChanged, "CampaignContentChanged", (string, text, , es::was("content")));
};
struct ConversationAssigned {
  EVENTSTORE_EVENT(ConversationAssigned, "ConversationAssigned", (string, agent, , es::was("agent_id")));
};
struct DeliveryRescheduled {
  EVENTSTORE_EVENT(DeliveryRescheduled, "DeliveryRescheduled", (es::Timestamp, time, , es::was("scheduled_time")),
                   (std::optional<string>, reason));
};

struct Campaign : private domain::Campaign {
  static constexpr auto category = "campaign";
  using events =
      es::Events<CampaignCreated, CampaignContentChanged, CampaignContactsAdded, CampaignContactsRemoved,
                 CampaignScheduled, CampaignExecuted, CampaignContactReached, CampaignPaused, CampaignResumed,
                 CampaignCompleted, CampaignCancelled, CampaignDeleted, CampaignContactResultRecorded>;
  using formerly = es::Formerly<previous::CampaignContactsChanged>;
  static es::Upcast<CampaignContactsAdded, CampaignContactsRemoved> upcast(
      const previous::CampaignContactsChanged& old) {
    return {CampaignContactsAdded{old.added}, CampaignContactsRemoved{old.removed}};
  }
  using domain::Campaign::evolve, domain::Campaign::measure, domain::Campaign::State;
  static void evolve(State& state, const CampaignContentChanged& event) {
    evolve(state, domain::CampaignContentChanged{event.text});
  }
};

struct Conversation : private domain::Conversation {
  static constexpr auto category = "conversation";
  using events =
      es::Events<ConversationOpened, ConversationAssigned, MessageSent, MessageReceived, MessageDelivered, MessageRead,
                 MessageFailed, ConversationClosed, ConversationReopened, ConversationDeleted, MessageAccepted,
                 MessagePlayed, MessageEdited, MessageRevoked, MessageReacted, ConversationOptedOut,
                 ConversationOptedIn, ConversationWaiting, ConversationEscalated, ConversationResolved>;
  using formerly = es::Formerly<previous::ConversationStarted>;
  static es::Upcast<ConversationOpened, MessageReceived> upcast(const previous::ConversationStarted& old) {
    return {ConversationOpened{.contact_id = old.contact_id, .agent_id = old.agent_id},
            MessageReceived{.message_id = old.message_id,
                            .sender_id = old.contact_id,
                            .receiver_id = old.agent_id,
                            .message_content = old.message}};
  }
  using domain::Conversation::evolve, domain::Conversation::measure, domain::Conversation::State;
  static void evolve(State& state, const ConversationAssigned& event) {
    evolve(state, domain::ConversationAssigned{event.agent});
  }
};

struct Delivery : private domain::Delivery {
  static constexpr auto category = "delivery";
  using events = es::Events<DeliveryScheduled, DeliveryRescheduled, DeliveryPriorityChanged, DeliveryAssigned,
                            DeliveryDeparted, DeliveryTracked, DeliveryCompleted, DeliveryFailed, DeliveryRetried,
                            DeliveryCancelled, DeliveryCallLinked, DeliveryFeedbackReceived>;
  using formerly = es::Formerly<previous::DeliveryDispatched>;
  static es::Upcast<DeliveryAssigned, DeliveryDeparted> upcast(const previous::DeliveryDispatched& old) {
    return {DeliveryAssigned{.agent_id = old.agent_id},
            DeliveryDeparted{.longitude = old.longitude, .latitude = old.latitude}};
  }
  using domain::Delivery::evolve, domain::Delivery::measure, domain::Delivery::State;
  static void evolve(State& state, const DeliveryRescheduled& event) {
    evolve(state, domain::DeliveryRescheduled{event.time, event.reason});
  }
};

}  // namespace domain::current
