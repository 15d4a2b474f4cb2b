#pragma once
// A history as the previous release wrote it.
#include "functions/office.hpp"
#include "releases/domain/previous.hpp"

namespace domain {

inline void write_previous(DomainLog& log) {
  const auto morning = moment("2026-01-28T09:00:00Z");
  log.metadata.user_id = "u-1";
  log.record("campaign-c1", previous::CampaignCreated{"Spring", "Hello", 99.5, "c1"});
  log.record("campaign-c1", previous::CampaignContentChanged{"Hello again"});
  log.record("campaign-c1", previous::CampaignContactsChanged{{"ann", "ben", "cay"}, {"ben"}});
  log.record("campaign-c1", previous::CampaignExecuted{"c1", 7});
  log.record("conversation-v1", previous::ConversationStarted{"ann", "agent-1", "m-1", "Is anybody there?"});
  log.record("conversation-v1", previous::ConversationAssigned{"agent-2"});
  log.record("conversation-v1",
             previous::MessageSent{"ann", "agent-2", "m-2", previous::MessageType::image, "Look", {"a", "b"}});
  log.record("conversation-v1", previous::ConversationClosed{90});
  log.record("delivery-d1",
             previous::DeliveryScheduled{{true, 2.5F, 1}, 50.9, 6.9, morning, "Hafenstraße 1", "customer-1", 45});
  log.record("delivery-d1", previous::DeliveryRescheduled{moment("2026-01-28T10:00:00Z")});
  log.record("delivery-d1", previous::DeliveryDispatched{"agent-3", 7.0, 51.0});
  log.record("delivery-d1", DeliveryFailed{.reason = "nobody there"});
  log.record("delivery-d1", previous::DeliveryRetried{1, morning});
}

}  // namespace domain
