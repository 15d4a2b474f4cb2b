// Made-up histories: complete in their events, legal in their transitions, the same for the same seed.
#include "played.hpp"

#include <aggregates/agent/agent.hpp>
#include <aggregates/api_key/api_key.hpp>
#include <aggregates/appointment/appointment.hpp>
#include <aggregates/assistant_run/assistant_run.hpp>
#include <aggregates/calendar_event/calendar_event.hpp>
#include <aggregates/call/call.hpp>
#include <aggregates/campaign/campaign.hpp>
#include <aggregates/chatbot/chatbot.hpp>
#include <aggregates/contact/contact.hpp>
#include <aggregates/conversation/conversation.hpp>
#include <aggregates/customer/customer.hpp>
#include <aggregates/delivery/delivery.hpp>
#include <aggregates/recording/recording.hpp>
#include <aggregates/session/session.hpp>
#include <aggregates/user/user.hpp>
#include <catch2/catch.hpp>

#include <map>
#include <set>

namespace make_up_test {

using namespace domain;
using namespace domain::testing;
using eventstore::AnyDecision;

namespace {

constexpr std::size_t events_per_aggregate = 10'000;

template <class A, class Look> void play(std::uint64_t seed, Look look) {
  domain::testing::play<A>(seed, events_per_aggregate, look);
}

template <class A> std::size_t kinds_of_events() {
  std::set<std::string> kinds;
  play<A>(7, [&](const auto&, const auto&, const AnyDecision& decision) {
    for (const auto& event : decision.events) kinds.insert(event.schema->name);
  });
  return kinds.size();
}

template <class A> eventstore::Bytes bytes_of(std::uint64_t seed) {
  eventstore::Bytes bytes;
  play<A>(seed, [&](const auto&, const auto&, const AnyDecision& decision) {
    for (const auto& event : decision.events) bytes.insert(bytes.end(), event.data.begin(), event.data.end());
  });
  return bytes;
}

template <class Status> using Transitions = std::map<Status, std::set<Status>>;

template <class A, class Status> void check_transitions(const Transitions<Status>& legal) {
  play<A>(11, [&](const auto& before, const auto& after, const AnyDecision&) {
    if (before.status != after.status && legal.at(before.status).count(after.status) == 0)
      FAIL(to_string(before.status) << " became " << to_string(after.status));
  });
}

}  // namespace

TEST_CASE("samples bring about every event", "[sample]") {
  CHECK(kinds_of_events<Campaign>() == Campaign::events::size);
  CHECK(kinds_of_events<Conversation>() == Conversation::events::size);
  CHECK(kinds_of_events<Delivery>() == Delivery::events::size);
  CHECK(kinds_of_events<Agent>() == Agent::events::size);
  CHECK(kinds_of_events<Customer>() == Customer::events::size);
  CHECK(kinds_of_events<Appointment>() == Appointment::events::size);
  CHECK(kinds_of_events<ApiKey>() == ApiKey::events::size);
  CHECK(kinds_of_events<Call>() == Call::events::size);
  CHECK(kinds_of_events<Recording>() == Recording::events::size);
  CHECK(kinds_of_events<User>() == User::events::size);
  CHECK(kinds_of_events<CalendarEvent>() == CalendarEvent::events::size);
  CHECK(kinds_of_events<Session>() == Session::events::size);
  CHECK(kinds_of_events<AssistantRun>() == AssistantRun::events::size);
  CHECK(kinds_of_events<Contact>() == Contact::events::size);
  CHECK(kinds_of_events<Chatbot>() == Chatbot::events::size);
}

TEST_CASE("samples keep to the transitions", "[sample]") {
  using enum CampaignStatus;
  check_transitions<Campaign>(Transitions<CampaignStatus>{{draft, {scheduled, executing, completed, cancelled}},
                                                          {scheduled, {executing, completed, cancelled}},
                                                          {executing, {paused, completed, cancelled}},
                                                          {paused, {executing, completed, cancelled}},
                                                          {completed, {}},
                                                          {cancelled, {}}});
  using C = ConversationStatus;
  check_transitions<Conversation>(Transitions<C>{{C::open, {C::waiting, C::escalated, C::resolved, C::closed}},
                                                 {C::waiting, {C::open, C::escalated, C::resolved, C::closed}},
                                                 {C::escalated, {C::waiting, C::resolved, C::closed}},
                                                 {C::resolved, {C::open, C::closed}},
                                                 {C::closed, {C::open}}});
  using D = DeliveryStatus;
  check_transitions<Delivery>(Transitions<D>{{D::scheduled, {D::assigned, D::cancelled}},
                                             {D::assigned, {D::in_transit, D::failed, D::cancelled}},
                                             {D::in_transit, {D::completed, D::failed, D::cancelled}},
                                             {D::failed, {D::scheduled, D::cancelled}},
                                             {D::completed, {}},
                                             {D::cancelled, {}}});
}

TEST_CASE("samples change something with every event and stay within the rules", "[sample]") {
  const auto changes = [](const auto& before, const auto& after, const AnyDecision& decision) {
    if (before == after) FAIL(decision.events.front().schema->name << " changed nothing");
  };
  play<Conversation>(3, changes);
  play<Delivery>(3, [&](const DeliveryState& before, const DeliveryState& after, const AnyDecision&) {
    REQUIRE(after.retry_count <= after.max_retries);
    REQUIRE(after.estimated_duration > 0);
    REQUIRE((before.actual_delivery_time || !after.actual_delivery_time || before.agent_id));
  });
}

TEST_CASE("samples are the same for the same seed", "[sample]") {
  CHECK(bytes_of<Campaign>(5) == bytes_of<Campaign>(5));
  CHECK(bytes_of<Conversation>(5) == bytes_of<Conversation>(5));
  CHECK(bytes_of<Delivery>(5) == bytes_of<Delivery>(5));
  CHECK(bytes_of<Delivery>(5) != bytes_of<Delivery>(6));
  CHECK(bytes_of<Agent>(5) == bytes_of<Agent>(5));
  CHECK(bytes_of<Customer>(5) == bytes_of<Customer>(5));
}

TEST_CASE("samples of people pass the checks of their commands", "[sample]") {
  play<Agent>(13, [](const AgentState& before, const AgentState& after, const AnyDecision&) {
    const RegisterAgent command{after.name, after.phone, after.email, after.password_hash, after.role};
    if (before.email.empty() && Agent::create(command).any().refusal) FAIL(after.email << " " << after.phone);
    if (before.is_active || before == after) return;
    REQUIRE(before.login_count == after.login_count);
  });
  play<Customer>(13, [](const CustomerState& before, const CustomerState& after, const AnyDecision&) {
    const RegisterCustomer command{after.name, after.phone, after.email, after.address, after.preferences};
    if (!after.erased_at && Customer::create(command).any().refusal)
      FAIL(after.phone << " " << after.preferences.timezone);
    REQUIRE(!before.erased_at);
  });
}

TEST_CASE("samples of calls and recordings keep to their rules", "[sample]") {
  play<Call>(17, [](const CallState& before, const CallState& after, const AnyDecision& decision) {
    if (before == after) FAIL(decision.events.front().schema->name << " changed nothing");
    if (is_final(before.status)) REQUIRE(after.status == before.status);
    REQUIRE(after.status >= before.status);
  });
  using enum ProcessingStatus;
  const Transitions<ProcessingStatus> legal{
      {pending, {processing}}, {processing, {completed, failed}}, {failed, {processing}}, {completed, {}}};
  play<Recording>(17, [&](const RecordingState& before, const RecordingState& after, const AnyDecision&) {
    if (before.processing_status != after.processing_status)
      REQUIRE(legal.at(before.processing_status).contains(after.processing_status));
    REQUIRE(!before.deleted);
  });
}

TEST_CASE("samples of the calendar assistant keep to its rules", "[sample]") {
  play<CalendarEvent>(17, [](const CalendarEventState& before, const CalendarEventState& after, const AnyDecision&) {
    REQUIRE(!before.deleted);
    REQUIRE(after.start <= after.end);
    REQUIRE(!after.early);
    REQUIRE(!after.user_id.empty());
  });
  play<Session>(17, [](const SessionState& before, const SessionState& after, const AnyDecision&) {
    REQUIRE(!before.ended);
    REQUIRE(after.ended != after.access_token.has_value());
  });
  play<User>(17, [](const UserState& before, const UserState& after, const AnyDecision&) {
    REQUIRE(!before.erased_at);
    if (!after.erased_at && User::decide(nullptr, RegisterUser{after.email}).any().refusal) FAIL(after.email);
  });
  using enum AssistantRunStatus;
  check_transitions<AssistantRun>(
      Transitions<AssistantRunStatus>{{running, {completed, failed}}, {completed, {}}, {failed, {}}});
}

TEST_CASE("samples of contacts and chatbots keep to their rules", "[sample]") {
  play<Contact>(19, [](const ContactState& before, const ContactState& after, const AnyDecision& decision) {
    REQUIRE(!before.deleted);
    if (before == after && decision.events.front().schema->name == "ContactOptedIn") FAIL("nothing to opt in to");
    const CreateContact command{after.name, after.phone, after.email, after.channel, after.tags};
    if (Contact::decide(nullptr, command).any().refusal) FAIL(after.phone);
  });
  play<Chatbot>(19, [](const ChatbotState& before, const ChatbotState& after, const AnyDecision&) {
    REQUIRE(!before.deleted);
    REQUIRE((before.executions == after.executions || before.active));
  });
}

TEST_CASE("samples name users and sessions that were made up before them", "[sample]") {
  eventstore::Random random{23, second(1)};
  const eventstore::MadeUpKeys keys{{"user", {"u-1"}}, {"session", {"s-1"}}};
  random.set_organization("org-1", &keys);
  AssistantRunState run{};
  const auto decision = AssistantRun::make_up(random, run).any();
  fold<AssistantRun>(run, decision, random.now(), static_cast<const AssistantRun::events*>(nullptr));
  CHECK(run.user_id == "u-1");
  CHECK(run.session_id == "s-1");
}

}  // namespace make_up_test
