// Law: receipts that come early lead to the state and the sums to which they lead in order.
#include "early_support.hpp"

#include <aggregates/campaign/campaign.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <aggregates/delivery/delivery.hpp>
#include <catch2/catch.hpp>

namespace domain::testing {
namespace {

using Talk = std::variant<ConversationOpened, ConversationClosed, ConversationReopened, MessageSent, MessageReceived,
                          MessageDelivered, MessageRead, MessageFailed, MessageAccepted, MessagePlayed, MessageEdited,
                          MessageRevoked, MessageReacted, ConversationWaiting, ConversationResolved>;
using Outreach =
    std::variant<CampaignCreated, CampaignContactsAdded, CampaignScheduled, CampaignExecuted, CampaignPaused,
                 CampaignResumed, CampaignCompleted, CampaignContactReached, CampaignContactResultRecorded>;
using Journey = std::variant<DeliveryScheduled, DeliveryRescheduled, DeliveryPriorityChanged, DeliveryAssigned,
                             DeliveryDeparted, DeliveryTracked, DeliveryCompleted, DeliveryFailed, DeliveryRetried,
                             DeliveryCancelled, DeliveryCallLinked, DeliveryFeedbackReceived>;

int up_to(int most) { return *rc::gen::inRange(0, most + 1); }

Talk any_status(const std::string& message_id) {
  switch (up_to(7)) {
    case 0: return MessageDelivered{message_id};
    case 1: return MessageRead{message_id};
    case 2: return MessageAccepted{message_id, {}};
    case 3: return MessagePlayed{message_id, {}};
    case 4: return MessageEdited{message_id, "Hi", {}, {}};
    case 5: return MessageRevoked{message_id, {}};
    case 6: return MessageReacted{message_id, "b", up_to(1) == 0 ? std::optional<std::string>{} : "+", {}};
    default: return MessageFailed{.message_id = message_id};
  }
}

// Messages that are sent and received, each with some statuses, late and repeated ones too.
Steps<Talk> any_talk() {
  Steps<Talk> steps{{ConversationOpened{"contact-1", Channel::sms, "agent-1"}}};
  const int messages = 1 + up_to(6);
  for (int number = 0; number < messages; ++number) {
    const auto id = "m-" + std::to_string(number);
    if (up_to(1) == 0)
      steps.push_back({MessageSent{.message_id = id, .sender_id = "a", .receiver_id = "b", .campaign_id = "c-1"}});
    else
      steps.push_back({MessageReceived{.message_id = id, .sender_id = "b", .receiver_id = "a"}});
    for (int statuses = up_to(4); statuses > 0; --statuses) {
      const auto of = "m-" + std::to_string(up_to(number));
      steps.push_back({any_status(of), of});
    }
    if (up_to(5) == 0) steps.push_back({ConversationClosed{.resolution_time_seconds = 5}});
    if (up_to(5) == 0) steps.push_back({ConversationReopened{}});
    if (up_to(5) == 0) steps.push_back({ConversationWaiting{}});
    if (up_to(5) == 0) steps.push_back({ConversationResolved{}});
  }
  number(steps);
  return steps;
}

// Of contacts that are listed, and of others.
void add_outcomes(Steps<Outreach>& steps) {
  using enum ContactOutcome;
  for (int outcomes = up_to(8); outcomes > 0; --outcomes) {
    const auto contact = any_of<std::string>({"a", "b", "c", "x", "y"});
    const auto outcome = any_of({sent, delivered, read, failed, answered, busy, no_answer});
    if (up_to(4) == 0) {
      const auto result = any_of({ContactResult::converted, ContactResult::not_converted});
      steps.push_back({CampaignContactResultRecorded{.contact_id = contact, .result = result}, contact});
      continue;
    }
    CampaignContactReached reached{.contact_id = contact, .outcome = outcome};
    if (up_to(2) != 0) reached.attempt = 1 + up_to(3);
    if (outcome == answered && up_to(1) == 0) reached.talk_seconds = up_to(90);
    steps.push_back({reached, contact});
  }
}

Steps<Outreach> any_outreach() {
  Steps<Outreach> steps;
  if (up_to(3) != 0) steps.push_back({CampaignCreated{"c-1", "Spring", Channel::sms, "Buy"}});
  if (up_to(3) != 0) steps.push_back({CampaignContactsAdded{{"a", "b", "c"}}});
  if (up_to(1) == 0) steps.push_back({CampaignScheduled{second(900)}});
  steps.push_back(
      {CampaignExecuted{"c-1", 3 + up_to(4), any_of({ExecutionStatus::executing, ExecutionStatus::completed})}});
  add_outcomes(steps);
  if (up_to(1) == 0) steps.push_back({CampaignPaused{}});
  if (up_to(1) == 0) steps.push_back({CampaignResumed{}});
  add_outcomes(steps);
  if (up_to(1) == 0) steps.push_back({CampaignCompleted{3, 1, 1}});
  add_outcomes(steps);
  number(steps);
  return steps;
}

Journey any_step_of_a_journey() {
  switch (up_to(10)) {
    case 0: return DeliveryRescheduled{second(70 + up_to(9)), {}};
    case 1:
      return DeliveryPriorityChanged{any_of({DeliveryPriority::low, DeliveryPriority::normal, DeliveryPriority::high})};
    case 2: return DeliveryAssigned{any_of<std::string>({"agent-1", "agent-2"}), "ring twice"};
    case 3: return DeliveryDeparted{1.0, 2.0, {}};
    case 4: return DeliveryTracked{"at the depot", {}, {}, {}};
    case 5: return DeliveryCompleted{second(90), {}, {}, {}};
    case 6: return DeliveryFailed{"nobody at home", {}, {}};
    case 7: return DeliveryRetried{second(80), up_to(3)};
    case 8: return DeliveryCancelled{};
    case 9: return DeliveryCallLinked{up_to(1) == 0 ? std::optional<std::string>{} : "call-1", "recording-1"};
    default: return DeliveryFeedbackReceived{3, {}};
  }
}

Steps<Journey> any_journey() {
  const auto priority = any_of({DeliveryPriority::normal, DeliveryPriority::urgent});
  Steps<Journey> steps{{DeliveryScheduled{
      .customer_id = "customer-1", .address = "1 Mill Lane", .scheduled_time = second(50), .priority = priority}}};
  for (int left = up_to(12); left > 0; --left) steps.push_back({any_step_of_a_journey(), "this delivery"});
  number(steps);
  return steps;
}

template <class A, class Event> void check_law(const Steps<Event>& steps) {
  const auto moved = with_early_receipts(steps);
  RC_ASSERT(state_after<A>(moved) == state_after<A>(steps));
  RC_ASSERT(sums_of<A>(moved) == sums_of<A>(steps));
}

}  // namespace

TEST_CASE("statuses before their messages lead to the same conversation and the same sums", "[early][conversation]") {
  CHECK(rc::check([] { check_law<Conversation>(any_talk()); }));
}

TEST_CASE("outcomes before their campaign lead to the same campaign and the same sums", "[early][campaign]") {
  CHECK(rc::check([] { check_law<Campaign>(any_outreach()); }));
}

TEST_CASE("a delivery that is scheduled late is the delivery that was scheduled first", "[early][delivery]") {
  CHECK(rc::check([] { check_law<Delivery>(any_journey()); }));
}

TEST_CASE("nothing waits in a state whose messages and schedules are there", "[early]") {
  CHECK(rc::check([] {
    RC_ASSERT(!state_after<Conversation>(with_early_receipts(any_talk())).early_statuses);
    RC_ASSERT(!state_after<Conversation>(with_early_receipts(any_talk())).early_changes);
    RC_ASSERT(!state_after<Campaign>(with_early_receipts(any_outreach())).early_counts);
    RC_ASSERT(!state_after<Campaign>(with_early_receipts(any_outreach())).early_sums);
    RC_ASSERT(!state_after<Delivery>(with_early_receipts(any_journey())).early);
  }));
}

}  // namespace domain::testing
