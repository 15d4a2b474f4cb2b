#include "support.hpp"

#include <aggregates/campaign/campaign.hpp>
#include <aggregates/campaign/outcome.hpp>
#include <catch2/catch.hpp>

// Inside the namespace, so that `read` is the outcome and not POSIX's function.
namespace domain::testing {

using enum ContactOutcome;

namespace {

const CampaignCreated created{"c-1", "Spring offer", Channel::sms, "Buy"};
const CampaignContactsAdded two_contacts{{"a", "b"}};
const CampaignExecuted executed{"c-1", 2, ExecutionStatus::executing};

CampaignContactReached reached(std::string contact, ContactOutcome outcome) {
  return {std::move(contact), {}, {}, outcome, {}};
}

}  // namespace

TEST_CASE("a campaign's life shows in its state", "[campaign]") {
  const auto state = history<Campaign>(created, two_contacts, CampaignScheduled{second(50)}, executed,
                                       reached("a", sent), reached("a", read), CampaignCompleted{2, 1, 0});
  CHECK(state.name == "Spring offer");
  CHECK(state.channel == Channel::sms);
  CHECK(state.content == "Buy");
  CHECK(state.status == CampaignStatus::completed);
  CHECK(state.contacts == ContactOutcomes{{"a", read}, {"b", std::nullopt}});
  CHECK(state.contacts_count == 2);
  CHECK(state.counts == OutcomeCounts{{"read", 1}});
  CHECK(state.scheduled_at == second(50));
  CHECK(state.executed_at == second(4));
  CHECK(state.completed_at == second(7));
}

TEST_CASE("an execution with status completed completes at once", "[campaign]") {
  const auto state = history<Campaign>(created, CampaignExecuted{"c-1", 5'000, ExecutionStatus::completed});
  CHECK(state.status == CampaignStatus::completed);
  CHECK(state.contacts_count == 5'000);
  CHECK(state.executed_at == second(2));
  CHECK(state.completed_at == second(2));
}

TEST_CASE("a contact's repeated or earlier outcome changes nothing", "[campaign]") {
  const auto before = history<Campaign>(created, two_contacts, executed, reached("a", delivered));
  for (const auto outcome : {sent, delivered, no_answer, busy}) {
    auto after = before;
    Campaign::evolve(after, reached("a", outcome));
    CHECK(after == before);
  }
  auto after = before;
  Campaign::evolve(after, reached("a", failed));
  CHECK(after.contacts["a"] == failed);
  CHECK(after.counts == OutcomeCounts{{"failed", 1}});
}

TEST_CASE("outcomes are ranked without ties", "[campaign]") {
  const auto ranked = {sent, no_answer, busy, delivered, failed, read, answered};
  for (auto a = ranked.begin(); a != ranked.end(); ++a)
    for (auto b = a + 1; b != ranked.end(); ++b) CHECK(rank_of(*a) < rank_of(*b));
}

TEST_CASE("removing contacts takes their outcomes along", "[campaign]") {
  const auto state = history<Campaign>(created, two_contacts, two_contacts, executed, reached("a", sent),
                                       CampaignContactsRemoved{{"a", "a", "unknown"}});
  CHECK(state.contacts == ContactOutcomes{{"b", std::nullopt}});
  CHECK(state.contacts_count == 1);
  CHECK(state.counts.empty());
}

TEST_CASE("any history of a campaign is taken as fact", "[campaign]") {
  SECTION("executed on a stream that was never created") {
    const auto state = history<Campaign>(executed);
    CHECK(state.campaign_id == "c-1");
    CHECK(state.status == CampaignStatus::executing);
  }
  SECTION("reached without execution, a contact that nobody added") {
    const auto state = history<Campaign>(reached("x", answered));
    CHECK(state.contacts == ContactOutcomes{{"x", answered}});
    CHECK(state.contacts_count == 1);
    CHECK(state.status == CampaignStatus::draft);
  }
  SECTION("cancelled after completion, resumed without a pause, deleted twice") {
    const auto state = history<Campaign>(created, CampaignCompleted{9, 9, 0}, CampaignCancelled{}, CampaignResumed{},
                                         CampaignDeleted{}, CampaignDeleted{"again"});
    CHECK(state.status == CampaignStatus::executing);
    CHECK(state.contacts_count == 9);
    CHECK(state.deleted_at == second(6));
  }
  SECTION("removed before added, with a count below zero claimed") {
    const auto state = history<Campaign>(CampaignContactsRemoved{{"a"}}, CampaignExecuted{"c-1", -3, {}});
    CHECK(state.contacts_count == -3);
  }
}

TEST_CASE("executions and reached contacts are measured", "[campaign]") {
  const auto before = history<Campaign>(created, two_contacts);
  CHECK(measured<Campaign>(before, executed) ==
        Lines{R"(campaigns_executed 1 {"campaign_id":"c-1"} {"channel":"sms"})",
              R"(campaign_contacts 2 {"campaign_id":"c-1"} {"channel":"sms"})"});
  CHECK(measured<Campaign>(before, reached("a", no_answer)) ==
        Lines{R"(campaign_contacts_reached 1 {"campaign_id":"c-1"} {"outcome":"no_answer"})"});

  const auto known = history<Campaign>(created, two_contacts, reached("a", delivered));
  CHECK(measured<Campaign>(known, reached("a", delivered)).empty());
  CHECK(measured<Campaign>(known, reached("a", sent)).empty());
  CHECK(measured<Campaign>(known, reached("a", read)).size() == 1);
}

TEST_CASE("a contact that was not tried is null in the state's JSON", "[campaign]") {
  const auto json = eventstore::to_json(history<Campaign>(created, two_contacts, reached("a", sent)));
  CHECK(json.find(R"("contacts":{"a":"sent","b":null})") != std::string::npos);
  CHECK(json.find("deleted_at") == std::string::npos);
}

}  // namespace domain::testing
