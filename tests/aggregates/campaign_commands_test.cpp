#include "support.hpp"

#include <aggregates/campaign/campaign.hpp>
#include <catch2/catch.hpp>

namespace campaign_commands_test {

using namespace domain;
using namespace domain::testing;
using eventstore::testing::given;

namespace {

// The stream's key in given(...) is "given".
const CampaignCreated created{"given", "Spring offer", Channel::sms, "Buy"};
const CampaignContactsAdded two_contacts{{"a", "b"}};
const CampaignScheduled scheduled{second(9)};
const CampaignExecuted executed{"given", 2, ExecutionStatus::executing};
const CampaignPaused paused{};
const CampaignCompleted completed{2, 0, 0};
const CampaignCancelled cancelled{};
const CampaignDeleted deleted{};

CampaignContactReached reached(std::string contact, ContactOutcome outcome) {
  return {std::move(contact), {}, {}, outcome, {}};
}
ReachCampaignContact reach(std::string contact, ContactOutcome outcome) {
  return {std::move(contact), {}, {}, outcome, {}};
}

}  // namespace

TEST_CASE("a campaign is created under its stream's key", "[campaign]") {
  CHECK(given<Campaign>().when(CreateCampaign{{}, "Spring offer", Channel::sms, "Buy"}).is(created));
  CHECK(given<Campaign>().when(CreateCampaign{"given", "Spring offer", Channel::sms, "Buy"}).is(created));
  CHECK(given<Campaign>().when(CreateCampaign{"other", "Spring offer", Channel::sms, "Buy"}).is_refused());
  CHECK(given<Campaign>().when(CreateCampaign{{}, "", Channel::sms, "Buy"}).is_refused("name may not be empty"));
  CHECK(given<Campaign>().when(CreateCampaign{{}, "n", Channel::sms, ""}).is_refused("content may not be empty"));
}

TEST_CASE("content changes until the campaign is executed", "[campaign]") {
  CHECK(given<Campaign>(created).when(ChangeCampaignContent{"Sell"}).is(CampaignContentChanged{"Sell"}));
  CHECK(given<Campaign>(created, scheduled).when(ChangeCampaignContent{"Sell"}).is(CampaignContentChanged{"Sell"}));
  CHECK(given<Campaign>(created).when(ChangeCampaignContent{"Buy"}).is_nothing());
  CHECK(given<Campaign>(created).when(ChangeCampaignContent{""}).is_refused());
  CHECK(given<Campaign>(created, executed)
            .when(ChangeCampaignContent{"Sell"})
            .is_refused("an executing campaign cannot change its content"));
}

TEST_CASE("contacts are added once each, until the campaign is executed", "[campaign]") {
  CHECK(given<Campaign>(created).when(AddCampaignContacts{{"a", "b", "a"}}).is(two_contacts));
  CHECK(given<Campaign>(created, two_contacts).when(AddCampaignContacts{{"b", "c"}}).is(CampaignContactsAdded{{"c"}}));
  CHECK(given<Campaign>(created, two_contacts).when(AddCampaignContacts{{"a"}}).is_nothing());
  CHECK(given<Campaign>(created).when(AddCampaignContacts{}).is_refused("name at least one contact"));
  CHECK(given<Campaign>(created).when(AddCampaignContacts{{""}}).is_refused());
  CHECK(given<Campaign>(created, executed).when(AddCampaignContacts{{"c"}}).is_refused());
}

TEST_CASE("contacts are removed until the campaign is over", "[campaign]") {
  const CampaignContactsRemoved gone{{"a"}};
  CHECK(given<Campaign>(created, two_contacts).when(RemoveCampaignContacts{{"a", "x"}}).is(gone));
  CHECK(given<Campaign>(created, two_contacts, executed).when(RemoveCampaignContacts{{"a"}}).is(gone));
  CHECK(given<Campaign>(created, two_contacts).when(RemoveCampaignContacts{{"x"}}).is_nothing());
  CHECK(given<Campaign>(created).when(RemoveCampaignContacts{}).is_refused());
  CHECK(given<Campaign>(created, two_contacts, executed, completed)
            .when(RemoveCampaignContacts{{"a"}})
            .is_refused("a completed campaign cannot lose contacts"));
}

TEST_CASE("a campaign is scheduled, and scheduled anew", "[campaign]") {
  CHECK(given<Campaign>(created).when(ScheduleCampaign{second(9)}).is(scheduled));
  CHECK(given<Campaign>(created, scheduled).when(ScheduleCampaign{second(8)}).is(CampaignScheduled{second(8)}));
  CHECK(given<Campaign>(created, scheduled).when(ScheduleCampaign{second(9)}).is_nothing());
  CHECK(given<Campaign>(created, executed).when(ScheduleCampaign{second(9)}).is_refused());
  CHECK(given<Campaign>(created, cancelled).when(ScheduleCampaign{second(9)}).is_refused());
}

TEST_CASE("a campaign is executed with the contacts that it has", "[campaign]") {
  CHECK(given<Campaign>(created, two_contacts).when(ExecuteCampaign{}).is(executed));
  CHECK(given<Campaign>(created, two_contacts, scheduled).when(ExecuteCampaign{}).is(executed));
  CHECK(given<Campaign>(created, two_contacts).when(ExecuteCampaign{{}, 2, {}}).is(executed));
  CHECK(given<Campaign>(created)
            .when(ExecuteCampaign{"given", 5'000, ExecutionStatus::completed})
            .is(CampaignExecuted{"given", 5'000, ExecutionStatus::completed}));
  CHECK(given<Campaign>(created, two_contacts).when(ExecuteCampaign{{}, 3, {}}).is_refused());
  CHECK(given<Campaign>(created, two_contacts).when(ExecuteCampaign{"other", {}, {}}).is_refused());
  CHECK(given<Campaign>(created).when(ExecuteCampaign{}).is_refused("a campaign without contacts cannot be executed"));
  CHECK(given<Campaign>(created).when(ExecuteCampaign{{}, -1, {}}).is_refused());
  CHECK(given<Campaign>(created, two_contacts, executed)
            .when(ExecuteCampaign{})
            .is_refused("an executing campaign cannot be executed"));
}

TEST_CASE("a contact is reached once the campaign is executed, and only goes forward", "[campaign]") {
  const auto running = given<Campaign>(created, two_contacts, executed);
  CHECK(running.when(reach("a", ContactOutcome::sent)).is(reached("a", ContactOutcome::sent)));
  CHECK(running.when(reach("c", ContactOutcome::sent)).is_refused("the campaign has no contact c"));
  CHECK(running.when(ReachCampaignContact{"a", {}, {}, ContactOutcome::answered, -1}).is_refused());
  CHECK(running.when(reach("", ContactOutcome::sent)).is_refused());

  auto read = running;
  read.and_then(reached("a", ContactOutcome::read));
  CHECK(read.when(reach("a", ContactOutcome::read)).is_nothing());
  CHECK(read.when(reach("a", ContactOutcome::delivered)).is_nothing());

  auto over = running;
  over.and_then(completed);
  CHECK(over.when(reach("a", ContactOutcome::read)).is(reached("a", ContactOutcome::read)));
}

TEST_CASE("where contacts are kept elsewhere, any contact is one of them until all are known", "[campaign]") {
  const auto elsewhere = given<Campaign>(created, CampaignExecuted{"given", 1, ExecutionStatus::executing});
  CHECK(elsewhere.when(reach("x", ContactOutcome::sent)).is(reached("x", ContactOutcome::sent)));
  auto known = elsewhere;
  known.and_then(reached("x", ContactOutcome::sent));
  CHECK(known.when(reach("y", ContactOutcome::sent)).is_refused());
}

TEST_CASE("a campaign pauses and resumes", "[campaign]") {
  const auto running = given<Campaign>(created, two_contacts, executed);
  const auto resting = given<Campaign>(created, two_contacts, executed, paused);
  CHECK(running.when(PauseCampaign{"noon"}).is(CampaignPaused{"noon"}));
  CHECK(running.when(ResumeCampaign{}).is_refused("an executing campaign cannot be resumed"));
  CHECK(resting.when(ResumeCampaign{"one"}).is(CampaignResumed{"one"}));
  CHECK(resting.when(PauseCampaign{}).is_refused("a paused campaign cannot be paused"));
}

TEST_CASE("completing a campaign counts its outcomes", "[campaign]") {
  auto running = given<Campaign>(created, CampaignContactsAdded{{"a", "b", "c", "d", "e"}},
                                 CampaignExecuted{"given", 5, ExecutionStatus::executing});
  running.and_then(reached("a", ContactOutcome::delivered));
  running.and_then(reached("b", ContactOutcome::read));
  running.and_then(reached("c", ContactOutcome::no_answer));
  running.and_then(reached("d", ContactOutcome::sent));
  CHECK(running.when(CompleteCampaign{}).is(CampaignCompleted{5, 2, 1}));
  CHECK(running.and_then(paused).when(CompleteCampaign{}).is(CampaignCompleted{5, 2, 1}));
  CHECK(given<Campaign>(created).when(CompleteCampaign{}).is_refused("a draft campaign cannot be completed"));
}

TEST_CASE("a campaign is cancelled unless it is over", "[campaign]") {
  CHECK(given<Campaign>(created).when(CancelCampaign{"no"}).is(CampaignCancelled{"no"}));
  CHECK(given<Campaign>(created, two_contacts, executed, paused).when(CancelCampaign{}).is(cancelled));
  CHECK(given<Campaign>(created, two_contacts, executed, completed)
            .when(CancelCampaign{})
            .is_refused("a completed campaign cannot be cancelled"));
  CHECK(given<Campaign>(created, cancelled).when(CancelCampaign{}).is_refused());
}

TEST_CASE("a deleted campaign takes no command", "[campaign]") {
  CHECK(given<Campaign>(created).when(DeleteCampaign{"old"}).is(CampaignDeleted{"old"}));
  const auto gone = given<Campaign>(created, two_contacts, executed, deleted);
  const auto sentence = "the campaign is deleted";
  CHECK(gone.when(DeleteCampaign{}).is_refused(sentence));
  CHECK(gone.when(ChangeCampaignContent{"Sell"}).is_refused(sentence));
  CHECK(gone.when(AddCampaignContacts{{"c"}}).is_refused(sentence));
  CHECK(gone.when(RemoveCampaignContacts{{"a"}}).is_refused(sentence));
  CHECK(gone.when(ScheduleCampaign{}).is_refused(sentence));
  CHECK(gone.when(ExecuteCampaign{}).is_refused(sentence));
  CHECK(gone.when(reach("a", ContactOutcome::sent)).is_refused(sentence));
  CHECK(gone.when(PauseCampaign{}).is_refused(sentence));
  CHECK(gone.when(ResumeCampaign{}).is_refused(sentence));
  CHECK(gone.when(CompleteCampaign{}).is_refused(sentence));
  CHECK(gone.when(CancelCampaign{}).is_refused(sentence));
}

}  // namespace campaign_commands_test
