#include "support.hpp"

#include <aggregates/agent/agent.hpp>
#include <catch2/catch.hpp>

#include <limits>

namespace agent_test {

using namespace domain;
using namespace domain::testing;
using eventstore::Secret;
using eventstore::testing::given;

namespace {

const Secret hash{"$2b$12$" + std::string(53, 'h')};
const Secret other_hash{"$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA"};
const RegisterAgent enrol{"Ana Silva", "+351 912 345 678", "ana@example.org", hash, AgentRole::agent};
const AgentRegistered registered{"Ana Silva", "+351 912 345 678", "ana@example.org", hash, AgentRole::agent};
const AgentPushSubscribed subscribed{Secret{"https://push.example.org/1"}, Secret{"auth"}, Secret{"key"}};

const auto when_registered = given<Agent>(registered);
const auto when_inactive = given<Agent>(registered, AgentDeactivated{"on leave"});

template <class Change> RegisterAgent with(Change change) {
  auto command = enrol;
  change(command);
  return command;
}

}  // namespace

TEST_CASE("an agent is registered once, active, with the form of its data checked", "[agent]") {
  CHECK(given<Agent>().when(enrol).is(registered));
  CHECK(given<Agent>().when(enrol).state().is_active);
  CHECK(when_registered.when(enrol).is_refused_with("already_exists"));
  const auto refused = [](auto change) { return given<Agent>().when(with(change)); };
  CHECK(refused([](auto& c) { c.name.clear(); }).is_refused_with("empty_text"));
  CHECK(refused([](auto& c) { c.phone = "912 345 678"; }).is_refused_with("bad_phone"));
  CHECK(refused([](auto& c) { c.email = "ana"; }).is_refused_with("bad_email"));
  CHECK(refused([](auto& c) { c.password_hash = Secret{"hunter2"}; }).is_refused_with("bad_password_hash"));
  CHECK(refused([](auto& c) { c.password_hash = {}; }).is_refused_with("bad_password_hash"));
  CHECK(given<Agent>().when(with([](auto& c) { c.password_hash = other_hash; })).state().password_hash == other_hash);
}

TEST_CASE("an e-mail address has a name and a domain and nothing that is no part of one", "[agent]") {
  const auto is_fit = [](std::string email) {
    return !given<Agent>().when(with([&](auto& c) { c.email = email; })).is_refused_with("bad_email");
  };
  for (const auto* const email : {"a@b.de", "ana.silva+x@mail.example.org", "jürgen@müller.example"}) {
    CAPTURE(email);
    CHECK(is_fit(email));
  }
  for (const auto* const email :
       {"", "@b.de", "a@", "a@b", "a@.de", "a@b.", "a@b..de", "a@b@c.de", "a b@c.de", "a@c.de\n"}) {
    CAPTURE(email);
    CHECK_FALSE(is_fit(email));
  }
  CHECK(is_fit(std::string(64, 'a') + "@b.de"));
  CHECK_FALSE(is_fit(std::string(65, 'a') + "@b.de"));
  CHECK_FALSE(is_fit("a@" + std::string(252, 'b') + ".de"));
}

TEST_CASE("a phone is in international form", "[agent]") {
  const auto is_fit = [](std::string phone) {
    return !given<Agent>().when(with([&](auto& c) { c.phone = phone; })).is_refused_with("bad_phone");
  };
  for (const auto* const phone : {"+1234567890", "+351 912 345 678", "+1 (555) 010-9999", "+49.30.123456"}) {
    CAPTURE(phone);
    CHECK(is_fit(phone));
  }
  for (const auto* const phone :
       {"", "+", "1234567890", "+0123456789", "+1234567", "+1234567890123456", "+12345 x678", "++12345678"}) {
    CAPTURE(phone);
    CHECK_FALSE(is_fit(phone));
  }
}

TEST_CASE("a refusal of personal data says the field and not the value", "[agent]") {
  const auto bad = [](auto change) { return given<Agent>().when(with(change)); };
  CHECK(bad([](auto& c) { c.email = "ana"; }).is_refused("email has the form name@example.org"));
  CHECK(bad([](auto& c) { c.phone = "912"; }).is_refused("phone is in international form: + and 8 to 15 digits"));
  CHECK(bad([](auto& c) {
          c.password_hash = Secret{"hunter2"};
        }).is_refused("password_hash is a bcrypt or an argon2id hash"));
}

TEST_CASE("an agent's profile changes in the fields that are given", "[agent]") {
  CHECK(when_registered.when(ChangeAgentProfile{"Ana Costa", {}, {}}).is(AgentProfileChanged{"Ana Costa", {}, {}}));
  const auto changed = when_registered.when(ChangeAgentProfile{{}, "+34 600 000 001", "ana.costa@example.org"}).state();
  CHECK(changed.name == "Ana Silva");
  CHECK(changed.phone == "+34 600 000 001");
  CHECK(changed.email == "ana.costa@example.org");
  CHECK(when_registered.when(ChangeAgentProfile{"Ana Silva", "+351 912 345 678", {}}).is_nothing());
  CHECK(when_registered.when(ChangeAgentProfile{}).is_refused_with("nothing_to_change"));
  CHECK(when_registered.when(ChangeAgentProfile{"", {}, {}}).is_refused_with("empty_text"));
  CHECK(when_registered.when(ChangeAgentProfile{{}, "1", {}}).is_refused_with("bad_phone"));
  CHECK(when_registered.when(ChangeAgentProfile{{}, {}, "x"}).is_refused_with("bad_email"));
  CHECK(given<Agent>().when(ChangeAgentProfile{"Ana", {}, {}}).is_error(eventstore::Errc::not_found));
}

TEST_CASE("an agent's password and role change to others", "[agent]") {
  CHECK(when_registered.when(ChangeAgentPassword{other_hash}).is(AgentPasswordChanged{other_hash}));
  CHECK(when_registered.when(ChangeAgentPassword{other_hash}).state().password_hash == other_hash);
  CHECK(when_registered.when(ChangeAgentPassword{hash}).is_nothing());
  CHECK(when_registered.when(ChangeAgentPassword{Secret{"hunter2"}}).is_refused_with("bad_password_hash"));
  CHECK(when_registered.when(ChangeAgentRole{AgentRole::admin}).is(AgentRoleChanged{AgentRole::admin}));
  CHECK(when_registered.when(ChangeAgentRole{AgentRole::admin}).state().role == AgentRole::admin);
  CHECK(when_registered.when(ChangeAgentRole{AgentRole::agent}).is_nothing());
}

TEST_CASE("an agent is deactivated and activated again", "[agent]") {
  CHECK(when_registered.when(DeactivateAgent{"on leave"}).is(AgentDeactivated{"on leave"}));
  CHECK_FALSE(when_registered.when(DeactivateAgent{}).state().is_active);
  CHECK(when_registered.when(ActivateAgent{}).is_nothing());
  CHECK(when_inactive.when(ActivateAgent{"back"}).is(AgentActivated{"back"}));
  CHECK(when_inactive.when(ActivateAgent{}).state().is_active);
  CHECK(when_inactive.when(DeactivateAgent{}).is_nothing());
}

TEST_CASE("an agent is somewhere on earth", "[agent]") {
  CHECK(when_registered.when(LocateAgent{-9.14, 38.72}).is(AgentLocated{-9.14, 38.72}));
  CHECK(when_registered.when(LocateAgent{-9.14, 38.72}).state().current_location == Coordinates{-9.14, 38.72});
  CHECK(given<Agent>(registered, AgentLocated{-9.14, 38.72}).when(LocateAgent{-9.14, 38.72}).is_nothing());
  CHECK(when_registered.when(LocateAgent{180.1, 0}).is_refused_with("bad_coordinates"));
  CHECK(when_registered.when(LocateAgent{0, -90.1}).is_refused_with("bad_coordinates"));
  CHECK(when_registered.when(LocateAgent{std::numeric_limits<double>::quiet_NaN(), 0})
            .is_refused_with("bad_coordinates"));
}

TEST_CASE("an agent has one push subscription at most", "[agent]") {
  const SubscribeAgentPush subscribe{subscribed.endpoint, subscribed.auth, subscribed.p256dh};
  const auto when_subscribed = given<Agent>(registered, subscribed);
  CHECK(when_registered.when(subscribe).is(subscribed));
  CHECK(when_subscribed.when(subscribe).is_nothing());
  const SubscribeAgentPush again{Secret{"https://push.example.org/2"}, Secret{"a"}, Secret{"k"}};
  CHECK(when_subscribed.when(again).state().push_subscription ==
        PushSubscription{again.endpoint, again.auth, again.p256dh});
  CHECK(when_registered.when(SubscribeAgentPush{Secret{"http://x"}, Secret{"a"}, Secret{"k"}})
            .is_refused_with("bad_endpoint"));
  CHECK(when_registered.when(SubscribeAgentPush{subscribed.endpoint, Secret{}, Secret{"k"}})
            .is_refused("auth may not be empty"));
  CHECK(when_registered.when(SubscribeAgentPush{subscribed.endpoint, Secret{"a"}, Secret{}})
            .is_refused("p256dh may not be empty"));
  CHECK(when_subscribed.when(UnsubscribeAgentPush{}).is(AgentPushUnsubscribed{}));
  CHECK(!when_subscribed.when(UnsubscribeAgentPush{}).state().push_subscription);
  CHECK(when_registered.when(UnsubscribeAgentPush{}).is_nothing());
}

TEST_CASE("an agent logs in while it is active, and each failure is recorded", "[agent]") {
  CHECK(when_registered.when(LogAgentIn{}).is(AgentLoggedIn{}));
  CHECK(when_inactive.when(LogAgentIn{}).is_refused_with("agent_inactive"));
  CHECK(when_registered.when(FailAgentLogin{"wrong password"}).is(AgentLoginFailed{"wrong password"}));
  CHECK(when_inactive.when(FailAgentLogin{"not active"}).is(AgentLoginFailed{"not active"}));
  CHECK(when_registered.when(FailAgentLogin{""}).is_refused_with("empty_text"));
  const auto state = history<Agent>(registered, AgentLoggedIn{}, AgentLoginFailed{"x"}, AgentLoggedIn{});
  CHECK(state.login_count == 2);
  CHECK(state.last_login == second(4));
}

TEST_CASE("a registration that comes late activates nobody", "[agent][history]") {
  const auto state = history<Agent>(AgentDeactivated{}, AgentLoggedIn{}, registered);
  CHECK_FALSE(state.is_active);
  CHECK(state.login_count == 1);
  CHECK(state.name == "Ana Silva");
}

}  // namespace agent_test
