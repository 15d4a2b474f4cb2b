// A store that an older build of the domain wrote: other fields, narrower, in another order.
#include <eventstore/aggregate/repository.hpp>

#include "projections/domain_log.hpp"

using namespace domain;

namespace {

EVENTSTORE_ENUM(OldChannel, sms, whatsapp);
EVENTSTORE_ENUM(OldType, text, image);

struct OldCampaignCreated {
  EVENTSTORE_EVENT(OldCampaignCreated, "CampaignCreated", (string, name), (string, content), (string, removed),
                   (OldChannel, channel), (string, campaign_id));
};
struct OldCampaignExecuted {
  EVENTSTORE_EVENT(OldCampaignExecuted, "CampaignExecuted", (string, campaign_id), (std::int32_t, contacts_count));
};
struct OldConversationOpened {
  EVENTSTORE_EVENT(OldConversationOpened, "ConversationOpened", (string, agent_id), (string, contact_id));
};
struct OldMessageSent {
  EVENTSTORE_EVENT(OldMessageSent, "MessageSent", (string, receiver_id), (string, sender_id), (string, message_id),
                   (OldType, message_type), (string, message_content), (std::vector<string>, removed));
};
struct OldConversationClosed {
  EVENTSTORE_EVENT(OldConversationClosed, "ConversationClosed", (std::uint32_t, resolution_time_seconds));
};
struct OldPackage {
  EVENTSTORE_FIELDS(OldPackage, (bool, signature_required), (float, weight), (std::int8_t, removed));
};
struct OldDeliveryScheduled {
  EVENTSTORE_EVENT(OldDeliveryScheduled, "DeliveryScheduled", (OldPackage, package_details), (double, latitude),
                   (double, longitude), (es::Timestamp, scheduled_time), (string, address), (string, customer_id),
                   (std::int16_t, estimated_duration));
};
struct OldDeliveryAssigned {
  EVENTSTORE_EVENT(OldDeliveryAssigned, "DeliveryAssigned", (string, agent_id));
};
struct OldDeliveryRetried {
  EVENTSTORE_EVENT(OldDeliveryRetried, "DeliveryRetried", (std::uint8_t, retry_count), (es::Timestamp, scheduled_time));
};

const auto morning = moment("2026-01-28T09:00:00Z");

void write_old(DomainLog& log) {
  log.record("campaign-1", OldCampaignCreated{"Spring", "Hello", "x", OldChannel::sms, "1"});
  log.record("campaign-1", OldCampaignExecuted{"1", 7});
  log.record("conversation-1", OldConversationOpened{"agent-1", "contact-1"});
  log.record("conversation-1", OldMessageSent{"contact-1", "agent-1", "m-1", OldType::image, "Look", {"a", "b"}});
  log.record("conversation-1", OldConversationClosed{90});
  log.record("delivery-1", OldDeliveryScheduled{{true, 2.5F, 1}, 50.9, 6.9, morning, "Hafenstraße 1", "c-1", 45});
  log.record("delivery-1", OldDeliveryAssigned{"agent-2"});
  log.record("delivery-1", DeliveryFailed{.reason = "nobody there"});
  log.record("delivery-1", OldDeliveryRetried{1, morning});
}

// The same facts, as this build writes them.
void write_now(DomainLog& log) {
  log.record("campaign-1", CampaignCreated{"1", "Spring", Channel::sms, "Hello"});
  log.record("campaign-1", CampaignExecuted{"1", 7});
  log.record("conversation-1", ConversationOpened{.contact_id = "contact-1", .agent_id = "agent-1"});
  log.record("conversation-1", MessageSent{.message_id = "m-1",
                                           .sender_id = "agent-1",
                                           .receiver_id = "contact-1",
                                           .message_content = "Look",
                                           .message_type = MessageType::image});
  log.record("conversation-1", ConversationClosed{.resolution_time_seconds = 90});
  log.record("delivery-1",
             DeliveryScheduled{.customer_id = "c-1",
                               .address = "Hafenstraße 1",
                               .longitude = 6.9,
                               .latitude = 50.9,
                               .scheduled_time = morning,
                               .estimated_duration = 45,
                               .package_details = PackageDetails{.weight = 2.5, .signature_required = true}});
  log.record("delivery-1", DeliveryAssigned{.agent_id = "agent-2"});
  log.record("delivery-1", DeliveryFailed{.reason = "nobody there"});
  log.record("delivery-1", DeliveryRetried{morning, 1});
}

template <class A> typename A::State load(DomainLog& log) {
  const es::Repository<A> repository{log.log, log.clock};
  auto loaded = repository.load("1");
  if (!loaded) FAIL(loaded.error().message());
  return std::move(loaded->state);
}

// What is stored is shown as it was stored, so `events` differs in the data and agrees in all else.
Rows without_data(DomainLog& log) {
  Rows all;
  for (const auto& projection : log.projections)
    if (projection.name() == "events")
      for (auto& row : log.rows("SELECT event_type, aggregate_id, version, position FROM events ORDER BY position"))
        all.push_back(std::move(row));
    else
      for (auto& row : log.rows("SELECT * FROM " + projection.name() + " ORDER BY _id")) all.push_back(std::move(row));
  return all;
}

}  // namespace

TEST_CASE("a store of an older build replays to the states that today's events come to", "[evolution]") {
  DomainLog old;
  write_old(old);
  DomainLog now;
  write_now(now);
  CHECK(es::to_json(load<Campaign>(old)) == es::to_json(load<Campaign>(now)));
  CHECK(es::to_json(load<Conversation>(old)) == es::to_json(load<Conversation>(now)));
  CHECK(es::to_json(load<Delivery>(old)) == es::to_json(load<Delivery>(now)));
}

TEST_CASE("a store of an older build is projected as today's events are", "[evolution]") {
  DomainLog old;
  write_old(old);
  DomainLog now;
  write_now(now);
  const auto expected = without_data(now);
  CHECK(expected.size() > 20);
  CHECK(without_data(old) == expected);
  CHECK(old.rows("SELECT event_data FROM events WHERE event_type = 'CampaignExecuted'") ==
        Rows{R"({"campaign_id":"1","contacts_count":7})"});
}
