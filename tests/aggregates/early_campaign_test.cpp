#include "support.hpp"

#include <aggregates/campaign/campaign.hpp>
#include <catch2/catch.hpp>

namespace domain::testing::early_campaign {

using enum ContactOutcome;
using eventstore::testing::given;

namespace {

const CampaignCreated created{"given", "Spring offer", Channel::sms, "Buy"};
const CampaignContactsAdded two_contacts{{"a", "b"}};
const CampaignExecuted executed{"given", 2, ExecutionStatus::executing};

CampaignContactReached reached(std::string contact, ContactOutcome outcome) {
  return {std::move(contact), {}, {}, outcome, {}};
}
ReachCampaignContact reach(std::string contact, ContactOutcome outcome) {
  return {std::move(contact), {}, {}, outcome, {}};
}

}  // namespace

TEST_CASE("outcomes before the campaign are its contacts' and are counted with it", "[campaign][early]") {
  const auto early = history<Campaign>(reached("a", sent), reached("a", read), reached("b", sent), reached("b", sent));
  CHECK(early.contacts == ContactOutcomes{{"a", read}, {"b", sent}});
  CHECK(early.early_counts == OutcomeCounts{{"read", 1}, {"sent", 2}});
  CHECK(measured<Campaign>(early, reached("x", busy)).empty());
  CHECK(measured<Campaign>(early, created) ==
        Lines{R"(campaign_contacts_reached 1 {"campaign_id":"given"} {"outcome":"read"})",
              R"(campaign_contacts_reached 2 {"campaign_id":"given"} {"outcome":"sent"})"});
  CHECK(measured<Campaign>(early, executed).size() == 4);
  CHECK(measured<Campaign>(early, executed)[0].starts_with("campaigns_executed 1"));

  auto state = early;
  Campaign::evolve(state, created);
  CHECK(!state.early_counts);
  CHECK(measured<Campaign>(state, executed).size() == 2);
  CHECK(measured<Campaign>(state, reached("x", busy)).size() == 1);
}

TEST_CASE("an early outcome of a contact stands for all repeats in the sum", "[campaign][early]") {
  const auto early = history<Campaign>(reached("a", sent), reached("b", sent));
  auto after = early;
  Campaign::evolve(after, created);
  eventstore::Measurements sums;
  Campaign::measure(created, early, after, sums);
  REQUIRE(sums.all().size() == 1);
  CHECK(sums.all()[0].value == 2);
  CHECK(sums.all()[0].count == 2);
}

TEST_CASE("who counts the contacts without those that outcomes came from counts too few", "[campaign][early]") {
  const CampaignExecuted one{"given", 1, ExecutionStatus::executing};
  CHECK(history<Campaign>(reached("a", sent), reached("b", sent), one).contacts_count == 2);
  CHECK(history<Campaign>(reached("a", sent), CampaignExecuted{"given", 40, {}}).contacts_count == 40);
  CHECK(history<Campaign>(reached("a", sent), reached("b", sent), CampaignCompleted{1, 0, 0}).contacts_count == 2);
  CHECK(history<Campaign>(two_contacts, one).contacts_count == 1);  // no outcome came: fact
}

TEST_CASE("a contact is reached before the execution", "[campaign][early]") {
  const auto draft = given<Campaign>(created, two_contacts);
  CHECK(draft.when(reach("a", sent)).is(reached("a", sent)));
  CHECK(draft.when(reach("x", sent)).is(reached("x", sent)));  // it may yet be listed
  auto early = draft;
  early.and_then(reached("a", read));
  CHECK(early.when(reach("a", sent)).is_nothing());
  CHECK(early.when(ExecuteCampaign{}).is(executed));
  CHECK(early.when(ExecuteCampaign{{}, 40, {}}).is(CampaignExecuted{"given", 40, {}}));
  CHECK(draft.when(ExecuteCampaign{{}, 40, {}}).is_refused());
}

TEST_CASE("a campaign that was executed or reached first can be created", "[campaign][early]") {
  const CreateCampaign create{{}, "Spring offer", Channel::sms, "Buy"};
  CHECK(given<Campaign>(executed).when(create).is(created));
  CHECK(given<Campaign>(reached("a", sent)).when(create).is(created));
  CHECK(given<Campaign>(created).when(create).is_refused("the campaign is created already"));
  CHECK(given<Campaign>(CampaignDeleted{}).when(create).is_refused("the campaign is deleted"));
}

TEST_CASE("a creation that comes late takes nothing back", "[campaign][early]") {
  CHECK(history<Campaign>(executed, created).status == CampaignStatus::executing);
  CHECK(history<Campaign>(CampaignContentChanged{"Sell"}, created).content == "Sell");
  const auto again = history<Campaign>(created, executed, CampaignContentChanged{"Sell"}, created);
  CHECK(again.status == CampaignStatus::draft);  // as it ever was for a campaign that had been created
  CHECK(again.content == "Buy");
}

}  // namespace domain::testing::early_campaign
