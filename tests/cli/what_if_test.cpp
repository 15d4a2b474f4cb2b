#include <map>

#include "shell.hpp"

namespace what_if_test {

using namespace eventstore::cli_test;

namespace {

std::string conversation() {
  return to_line({.type = "ConversationOpened",
                  .data = R"({"contact_id":"p-1"})",
                  .version = 1,
                  .category = "conversation"}) +
         to_line({.type = "ConversationAssigned",
                  .data = R"({"agent_id":"a-1"})",
                  .version = 2,
                  .category = "conversation"});
}

std::string campaign() {
  return to_line({.type = "CampaignCreated",
                  .data = R"({"campaign_id":"d-1","name":"spring","content":"hello"})",
                  .version = 1,
                  .category = "campaign"}) +
         to_line({.type = "CampaignScheduled",
                  .data = R"({"scheduled_at":"2026-02-01T09:00:00Z"})",
                  .version = 2,
                  .category = "campaign"});
}

}  // namespace

TEST_CASE("what-if leaves an event out and shows where the states part and how they end", "[what-if]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  const auto before = store_bytes(shell);
  const auto answer = shell.result({"what-if", "delivery-d-1", "--without", "4"});
  CHECK(count_lines(answer) == 1);
  CHECK_THAT(answer, Catch::StartsWith(R"({"stream":"delivery-d-1","versions":4,"edited_versions":3,"same":false,)"
                                       R"("first":{"edit":"without","version":4,"event_type":"DeliveryCompleted",)"));
  CHECK_THAT(answer, Catch::Contains(R"("before":{"status":"completed")") &&
                         Catch::Contains(R"("after":{"status":"in_transit")"));
  CHECK((store_bytes(shell) == before));
}

TEST_CASE("what-if mixes edits of all kinds on each aggregate", "[what-if]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1") + conversation() + campaign());
  const auto before = store_bytes(shell);
  CHECK_THAT(shell.result({"what-if", "delivery-d-1", "--replace", "2", R"({"agent_id":"agent-9"})", "--insert", "3",
                           "DeliveryPriorityChanged", R"({"priority":"urgent"})", "--without", "4"}),
             Catch::Contains(R"("edited_versions":4)") && Catch::Contains(R"("agent_id":"agent-9")") &&
                 Catch::Contains(R"("priority":"urgent")"));
  CHECK_THAT(shell.result({"what-if", "conversation-d-1", "--insert", "3", "ConversationClosed",
                           R"({"resolution_time_seconds":60})", "--insert", "3", "ConversationAssigned",
                           R"({"agent_id":"a-2"})"}),
             Catch::Contains(R"("status":"closed")"));
  CHECK_THAT(shell.result({"what-if", "campaign-d-1", "--without", "2"}), Catch::Contains(R"("status":"scheduled")"));
  CHECK((store_bytes(shell) == before));
}

TEST_CASE("what-if shows the documents of projections that would differ", "[what-if]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1") + completed_delivery("d-2"));
  const auto lines = lines_of(shell.result({"what-if", "delivery-d-1", "--without", "4", "--projections"}));
  REQUIRE(lines.size() > 1);
  CHECK(value(lines[1], "collection") == "deliveries");  // what most people ask about first
  std::map<std::string, std::string> counts;
  std::vector<std::string> documents;
  for (const auto& line : lines)
    (value(line, "document").empty() ? counts[value(line, "collection")] : documents.emplace_back()) = line;
  CHECK(counts["deliveries"] == R"({"collection":"deliveries","same":0,"added":0,"removed":0,"changed":1})");
  CHECK(counts["events"] == R"({"collection":"events","same":3,"added":0,"removed":1,"changed":0})");
  CHECK(counts["audit_logs"] == R"({"collection":"audit_logs","same":3,"added":0,"removed":1,"changed":0})");
  CHECK_FALSE(counts.contains("campaigns"));
  const auto is_share = [](const std::string& line) {
    const auto collection = value(line, "collection");
    return collection == "analytics" || collection == "agents" || collection == "customers" ||
           collection == "deliveries";  // which also shows the last call and recording, of other streams
  };
  for (const auto& line : documents) CHECK((line.find(R"("share":true)") != std::string::npos) == is_share(line));
  CHECK_FALSE(std::filesystem::exists(shell.store() + "/collections.sqlite"));
}

TEST_CASE("what-if complains about edits that do not fit with the place in them", "[what-if]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  const auto complain = [&](Words words, int code, const std::vector<std::string>& parts) {
    words.insert(words.begin(), {"what-if", "delivery-d-1"});
    CAPTURE(words);
    require_complaint(shell.run(words), code, parts);
  };
  complain({"--without", "5"}, 4, {"delivery-d-1", "ends at version 4"});
  complain({"--insert", "6", "DeliveryRetried", "{}"}, 4, {"insert at 5 at most"});
  complain({"--without", "0"}, 2, {"versions begin at 1"});
  complain({"--without", "-1"}, 2, {"-1"});
  complain({"--replace", "2", R"({"agent_id":7})"}, 2, {"version 2", "DeliveryAssigned", "agent_id"});
  complain({"--replace", "1",
            R"({"customer_id":"c","address":"a","scheduled_time":"2026-01-27T10:30:00Z",)"
            R"("package_details":{"weight":"heavy"}})"},
           2, {"package_details.weight"});
  complain({"--replace", "2", "{"}, 2, {"version 2", "JSON"});
  complain({"--replace", "2", R"({"agent_id":"a","agents":[]})"}, 2, {"agents"});
  complain({"--insert", "2", "DeliveryLost", "{}"}, 2, {"DeliveryLost", "DeliveryScheduled, DeliveryRescheduled"});
  complain({"--replace", "two", "{}"}, 2, {"two"});
  complain({"--replace", "2"}, 2, {"--replace"});
  complain({"--without", "2", "--replace", "2", R"({"agent_id":"a"})"}, 2, {"version 2", "twice"});
  complain({}, 2, {"give --without, --replace or --insert"});
  require_complaint(shell.run({"what-if", "delivery-d-9", "--without", "1"}), 4, {"delivery-d-9"});
  require_complaint(shell.run({"what-if", "parcel-1", "--without", "1"}), 2, {"parcel"});
  require_complaint(shell.run({"what-if", "metric-1", "--without", "1"}), 2, {"metric"});
}

TEST_CASE("what-if tells a person in lines what would differ", "[what-if]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  const auto outcome =
      shell.start({"what-if", "delivery-d-1", "--without", "4", "--projections"}, End::terminal, End::pipe)->finish();
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.out, Catch::StartsWith("delivery-d-1: 4 events as recorded, 3 as edited\r\n"));
  CHECK_THAT(outcome.out, Catch::Contains("first difference: without version 4, DeliveryCompleted") &&
                              Catch::Contains("\r\n  status: completed → in_transit\r\n"));
  CHECK_THAT(outcome.out, Catch::Contains("analytics: 1 removed, 0 the same") &&
                              Catch::Contains("of org-1 (the share of this stream)") &&
                              Catch::Contains("deliveries: 1 changed, 0 the same"));
  const auto first_of = [&](std::vector<std::string> edit) {
    edit.insert(edit.begin(), {"what-if", "delivery-d-1"});
    return lines_of(shell.start(edit, End::terminal, End::pipe)->finish().out).at(1);
  };
  CHECK_THAT(first_of({"--replace", "2", R"({"agent_id":"agent-9"})"}),
             Catch::Contains("first difference: with version 2 replaced, DeliveryAssigned"));
  CHECK_THAT(first_of({"--insert", "5", "DeliveryPriorityChanged", R"({"priority":"urgent"})"}),
             Catch::Contains("first difference: with DeliveryPriorityChanged inserted at 5"));
}

}  // namespace what_if_test
