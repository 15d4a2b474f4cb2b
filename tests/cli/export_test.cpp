#include <algorithm>
#include <set>

#include "shell.hpp"

using namespace eventstore::cli_test;

namespace {

const std::set<std::string> event_types_made_up{"CampaignCancelled",       "CampaignCompleted",
                                                "CampaignContactReached",  "CampaignContactsAdded",
                                                "CampaignContactsRemoved", "CampaignContentChanged",
                                                "CampaignCreated",         "CampaignDeleted",
                                                "CampaignExecuted",        "CampaignPaused",
                                                "CampaignResumed",         "CampaignScheduled",
                                                "ConversationAssigned",    "ConversationClosed",
                                                "ConversationDeleted",     "ConversationOpened",
                                                "ConversationReopened",    "DeliveryAssigned",
                                                "DeliveryCallLinked",      "DeliveryCancelled",
                                                "DeliveryCompleted",       "DeliveryDeparted",
                                                "DeliveryFailed",          "DeliveryFeedbackReceived",
                                                "DeliveryPriorityChanged", "DeliveryRescheduled",
                                                "DeliveryRetried",         "DeliveryScheduled",
                                                "DeliveryTracked",         "MessageDelivered",
                                                "MessageFailed",           "MessageRead",
                                                "MessageReceived",         "MessageSent"};

}  // namespace

TEST_CASE("what is exported gives the same store again, to the byte", "[export]") {
  const Shell first;
  const auto generated = first.result({"generate", "--events", "3000", "--seed", "11"});
  (void)first.result({"import", "-"},
                     generated + completed_delivery("d-1") + to_line({.key = "größe 1", .organization = "org-ü"}));
  const auto exported = first.result({"export"});
  const Shell second;
  const auto counts = second.result({"import", "-"}, exported);
  CHECK(value(counts, "appended") == "3005");
  CHECK(value(counts, "unclaimed") == "0");
  CHECK((second.result({"export"}) == exported));
  CHECK(value(first.result({"import", "-"}, exported), "already_there") == "3005");
}

TEST_CASE("the same seed makes up the same events, another one others", "[generate]") {
  const Shell shell;
  const Words words{"generate", "--events", "500", "--seed"};
  const auto with_seed = [&](const std::string& seed) {
    return shell.result({"generate", "--events", "500", "--seed", seed});
  };
  const auto events = with_seed("7");
  CHECK(count_lines(events) == 500);
  CHECK((with_seed("7") == events));
  CHECK((with_seed("8") != events));
  CHECK((shell.result({"generate", "--events", "1000", "--seed", "7"}).starts_with(events)));
  CHECK_FALSE(std::filesystem::exists(shell.store()));
}

TEST_CASE("made-up events are taken without refusal and show every event type", "[generate]") {
  const Shell shell;
  const auto events = shell.result({"generate", "--events", "20000", "--seed", "1"});
  const auto counts = shell.result({"import", "-"}, events);
  CHECK(counts == R"({"read":20000,"appended":20000,"already_there":0,"refused":0,"unclaimed":0})"
                  "\n");
  const auto types = values(events, "event_type");
  const std::set<std::string> seen{types.begin(), types.end()};
  std::vector<std::string> missing;
  std::set_difference(event_types_made_up.begin(), event_types_made_up.end(), seen.begin(), seen.end(),
                      std::back_inserter(missing));
  CHECK(missing == std::vector<std::string>{});
  CHECK((shell.result({"export"}) == events));
}

TEST_CASE("no events can be asked for", "[generate]") { CHECK(Shell{}.result({"generate", "--events", "0"}).empty()); }
