// Tries with a campaign's contacts, talk with them, and what came of them.
#include "support.hpp"

#include <aggregates/campaign/campaign.hpp>
#include <catch2/catch.hpp>

#include <limits>

namespace campaign_results_test {

using namespace domain;
using namespace domain::testing;
using eventstore::testing::given;
using enum ContactOutcome;

namespace {

const CampaignCreated created{"given", "Spring offer", Channel::voice, "Buy"};
const CampaignContactsAdded contacts{{"a", "b"}};
const CampaignExecuted executed{"given", 2, ExecutionStatus::executing};

CampaignContactReached called(ContactOutcome outcome, std::optional<std::int64_t> attempt = {},
                              std::optional<std::int64_t> talk_seconds = {}) {
  CampaignContactReached event{.contact_id = "a", .outcome = outcome};
  event.attempt = attempt;
  event.talk_seconds = talk_seconds;
  return event;
}
ReachCampaignContact call(ContactOutcome outcome, std::optional<std::int64_t> attempt = {},
                          std::optional<std::int64_t> talk_seconds = {}) {
  ReachCampaignContact command{.contact_id = "a", .outcome = outcome};
  command.attempt = attempt;
  command.talk_seconds = talk_seconds;
  return command;
}
CampaignContactResultRecorded came(ContactResult result, std::string contact = "a") {
  return {.contact_id = std::move(contact), .result = result};
}
RecordContactResult record(ContactResult result, std::string contact = "a") {
  return {.contact_id = std::move(contact), .result = result};
}

// Tries and seconds of talk: those of the contact, and those of the campaign.
using Sums = std::vector<std::int64_t>;
Sums sums(const CampaignState& state) {
  const ContactTries none{};
  const auto found = state.tries ? state.tries->find("a") : ContactsTries::const_iterator{};
  const auto& contact = state.tries && found != state.tries->end() ? found->second : none;
  return {contact.tries, contact.talk_seconds, state.tries_count.value_or(0), state.talk_seconds.value_or(0)};
}

template <class... E> CampaignState after(const E&... events) {
  return history<Campaign>(created, contacts, executed, events...);
}

}  // namespace

TEST_CASE("each try is counted once by its number", "[campaign][results]") {
  CHECK(sums(after(called(busy, 1), called(no_answer, 2), called(no_answer, 2))) == Sums{2, 0, 2, 0});
  CHECK(sums(after(called(no_answer, 2), called(busy, 1))) == Sums{2, 0, 2, 0});
  CHECK(sums(after(called(no_answer), called(no_answer))) == Sums{0, 0, 0, 0});
  CHECK(sums(after(called(answered, {}, 9), called(answered, {}, 9))) == Sums{1, 9, 1, 9});
  CHECK(sums(after(called(answered, 3, 20))) == Sums{3, 20, 3, 20});
}

TEST_CASE("the longest talk of a try counts once", "[campaign][results]") {
  CHECK(sums(after(called(answered, 1), called(answered, 1, 40), called(answered, 1, 40))) == Sums{1, 40, 1, 40});
  CHECK(sums(after(called(answered, 1, 40), called(answered, 1, 30))) == Sums{1, 40, 1, 40});
  CHECK(sums(after(called(answered, 2, 40), called(answered, 1, 5))) == Sums{2, 45, 2, 45});
}

TEST_CASE("messages and their receipts are no tries", "[campaign][results]") {
  const auto state = after(called(sent), called(delivered), called(read));
  CHECK(!state.tries);
  CHECK(!state.tries_count);
  CHECK(sums(after(called(failed, 1))) == Sums{1, 0, 1, 0});
}

TEST_CASE("a further try is news although its outcome is not", "[campaign][results]") {
  const auto tried = given<Campaign>(created, contacts, executed, called(no_answer, 1));
  CHECK(tried.when(call(no_answer, 2)).is(called(no_answer, 2)));
  CHECK(tried.when(call(no_answer, 1)).is_nothing());
  CHECK(tried.when(call(no_answer)).is_nothing());
  CHECK(tried.when(call(no_answer, 0)).is_refused("attempt counts from 1"));
  CHECK(tried.when(call(answered, 2, -1)).is_refused("talk_seconds may not be negative"));
  CHECK(tried.when(call(busy, 2, 5)).is_refused("only a call that was answered has talk_seconds"));
  const auto talked = given<Campaign>(created, contacts, executed, called(answered, 1));
  CHECK(talked.when(call(answered, 1, 60)).is(called(answered, 1, 60)));
}

TEST_CASE("what came of a contact goes forward to a conversion", "[campaign][results]") {
  const auto running = given<Campaign>(created, contacts, executed);
  CHECK(running.when(record(ContactResult::not_converted)).is(came(ContactResult::not_converted)));
  auto sale = record(ContactResult::converted);
  sale.value = 12.5;
  sale.reason = "ordered";
  CHECK(running.when(sale).is(CampaignContactResultRecorded{"a", ContactResult::converted, 12.5, "ordered"}));

  const auto lost = given<Campaign>(created, contacts, executed, came(ContactResult::not_converted));
  CHECK(lost.when(record(ContactResult::not_converted)).is_nothing());
  CHECK(!lost.when(record(ContactResult::converted)).is_nothing());
  const auto won = given<Campaign>(created, contacts, executed, came(ContactResult::converted));
  CHECK(won.when(record(ContactResult::not_converted)).is_nothing());
  CHECK(won.when(record(ContactResult::converted)).is_nothing());
}

TEST_CASE("a result names a contact of the campaign and a sound value", "[campaign][results]") {
  const auto running = given<Campaign>(created, contacts, executed);
  CHECK(running.when(record(ContactResult::converted, "c")).is_refused("the campaign has no contact c"));
  CHECK(running.when(record(ContactResult::converted, "")).is_refused("contact_id may not be empty"));
  auto sale = record(ContactResult::converted);
  for (const double value : {-1.0, std::numeric_limits<double>::infinity()}) {
    sale.value = value;
    CHECK(running.when(sale).is_refused("value is a number that is not negative"));
  }
  auto none = record(ContactResult::not_converted);
  none.value = 3;
  CHECK(running.when(none).is_refused("only a contact that converted has a value"));
  CHECK(given<Campaign>(created, contacts, executed, CampaignDeleted{})
            .when(record(ContactResult::converted))
            .is_refused("the campaign is deleted"));
}

TEST_CASE("results are counted by contact", "[campaign][results]") {
  const auto state = after(came(ContactResult::not_converted), came(ContactResult::not_converted, "b"),
                           came(ContactResult::converted), came(ContactResult::not_converted));
  CHECK(state.results == ContactResults{{"a", ContactResult::converted}, {"b", ContactResult::not_converted}});
  CHECK(state.result_counts == ResultCounts{{"converted", 1}, {"not_converted", 1}});
}

TEST_CASE("a contact that is removed leaves no tries and no result in the sums", "[campaign][results]") {
  const auto state = after(called(answered, 2, 30), came(ContactResult::converted), CampaignContactsRemoved{{"a"}});
  CHECK(sums(state) == Sums{0, 0, 0, 0});
  CHECK(state.results->empty());
  CHECK(state.result_counts->empty());
}

TEST_CASE("tries and talk and results are measured where they are news", "[campaign][results]") {
  const auto running = after();
  CHECK(measured<Campaign>(running, called(answered, 2, 30)) ==
        Lines{R"(campaign_contact_tries 2 {"campaign_id":"given"} {})",
              R"(campaign_talk_seconds 30 {"campaign_id":"given"} {})",
              R"(campaign_contacts_reached 1 {"campaign_id":"given"} {"outcome":"answered"})"});
  CHECK(measured<Campaign>(after(called(answered, 2, 30)), called(answered, 2, 35)) ==
        Lines{R"(campaign_talk_seconds 5 {"campaign_id":"given"} {})"});
  CHECK(measured<Campaign>(after(called(answered, 2, 30)), called(answered, 2, 30)).empty());
  CHECK(measured<Campaign>(running, came(ContactResult::converted)) ==
        Lines{R"(campaign_contact_results 1 {"campaign_id":"given"} {"result":"converted"})"});
  CHECK(measured<Campaign>(after(came(ContactResult::converted)), came(ContactResult::not_converted)).empty());
}

TEST_CASE("what came before the campaign is measured once it is known", "[campaign][results]") {
  const auto early = history<Campaign>(called(answered, 2, 30), came(ContactResult::converted));
  CHECK(measured<Campaign>(CampaignState{}, called(answered, 2, 30)).empty());
  CHECK(measured<Campaign>(early, created) ==
        Lines{R"(campaign_contacts_reached 1 {"campaign_id":"given"} {"outcome":"answered"})",
              R"(campaign_contact_tries 2 {"campaign_id":"given"} {})",
              R"(campaign_talk_seconds 30 {"campaign_id":"given"} {})",
              R"(campaign_contact_results 1 {"campaign_id":"given"} {"result":"converted"})"});
  auto known = early;
  Campaign::evolve(known, created);
  CHECK(!known.early_sums);
  CHECK(measured<Campaign>(known, created).empty());
}

}  // namespace campaign_results_test
