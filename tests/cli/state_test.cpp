#include "stories.hpp"

namespace state_test {

using namespace eventstore::cli_test;

TEST_CASE("state shows an aggregate as it is, as it was at a version, and at a time", "[state]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  const auto now = shell.result({"state", "delivery-d-1"});
  CHECK(value(now, "stream") == "delivery-d-1");
  CHECK(value(now, "organization_id") == "org-1");
  CHECK(value(now, "version") == "4");
  CHECK(value(now, "status") == "completed");
  CHECK(value(now, "actual_delivery_time") == "2026-01-28T08:55:00.000000Z");
  const auto status_at = [&](const std::string& option, const std::string& place) {
    return value(shell.result({"state", "delivery-d-1", option, place}), "status");
  };
  CHECK(status_at("--at-version", "1") == "scheduled");
  CHECK(status_at("--at-version", "2") == "assigned");
  CHECK(status_at("--at-version", "3") == "in_transit");
  CHECK(status_at("--at-version", "4") == "completed");
  CHECK(status_at("--at-time", "2026-01-28T00:00:00Z") == "in_transit");
  CHECK(status_at("--at-time", "2027-01-28T00:00:00Z") == "completed");
}

TEST_CASE("state takes a position and either clock and says where clocks ran backwards", "[state]") {
  const Stories stories;
  const auto message = [&](Words words) {
    words.insert(words.begin(), {"state", "conversation-talk"});
    return value(stories.result(words), "m.1");
  };
  CHECK(message({"--at-position", "7"}) == "sent");
  CHECK(message({"--at-position", "13"}) == "read");
  CHECK(message({"--at-time", "2100-01-01", "--by", "recorded"}) == "read");
  const auto early = stories.result({"state", "conversation-talk", "--at-time", "2026-03-01T09:04:30Z"});
  CHECK(value(early, "m.1") == "sent");
  CHECK_THAT(value(early, "note"), Catch::Contains("version 4 was created") && Catch::Contains("before version 3"));
  CHECK(value(stories.result({"state", "conversation-talk"}), "note").empty());
  require_complaint(stories.run({"state", "conversation-talk", "--at-time", "2026-03-02", "--by", "recorded"}), 4,
                    {"no event up to 2026-03-02"});
  require_complaint(stories.run({"state", "conversation-talk", "--at-position", "14"}), 4, {"ends at position 13"});
  require_complaint(stories.run({"state", "conversation-talk", "--at-position", "5"}), 4, {"up to position 5"});
  require_complaint(stories.run({"state", "conversation-talk", "--at-position", "x"}), 2, {"x"});
  require_complaint(stories.run({"state", "conversation-talk", "--by", "sundial"}), 2, {"created", "recorded"});
  require_complaint(stories.run({"state", "activity-1"}), 2, {"activity", "no state"});
}

TEST_CASE("a state that never was is not found", "[state]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  require_complaint(shell.run({"state", "delivery-d-9"}), 4, {"delivery-d-9", "no such stream"});
  require_complaint(shell.run({"state", "delivery-d-1", "--at-version", "5"}), 4, {"delivery-d-1", "version 4"});
  require_complaint(shell.run({"state", "delivery-d-1", "--at-time", "2020-01-01T00:00:00Z"}), 4,
                    {"delivery-d-1", "2020-01-01"});
  require_complaint(shell.run({"state", "delivery-d-1", "--at-time", "yesterday"}), 2, {"yesterday", "RFC 3339"});
  require_complaint(shell.run({"state", "delivery-d-1", "--at-version", "1", "--at-time", "2026-01-28T00:00:00Z"}), 2,
                    {"--at-time", "--at-version"});
  require_complaint(shell.run({"state", "parcel-1"}), 2, {"parcel", "delivery", "log"});
}

TEST_CASE("streams lists the streams, all or of a category", "[streams]") {
  const Shell shell;
  const auto conversation = to_line({.key = "c-1",
                                     .type = "ConversationOpened",
                                     .data = R"({"contact_id":"p-1"})",
                                     .version = 1,
                                     .category = "conversation"});
  (void)shell.result({"import", "-"}, completed_delivery("d-2", "org-2") + completed_delivery("d-1") + conversation);
  CHECK(shell.result({"streams"}) ==
        R"({"stream":"conversation-c-1","organization_id":"org-1","version":1,"first_position":9,"last_position":9})"
        "\n"
        R"({"stream":"delivery-d-1","organization_id":"org-1","version":4,"first_position":5,"last_position":8})"
        "\n"
        R"({"stream":"delivery-d-2","organization_id":"org-2","version":4,"first_position":1,"last_position":4})"
        "\n");
  CHECK(values(shell.result({"streams", "--category", "delivery"}), "stream") ==
        std::vector<std::string>{"delivery-d-1", "delivery-d-2"});
  CHECK(shell.result({"streams", "--category", "deliver"}).empty());
}

TEST_CASE("streams lists more than a page of them", "[streams]") {
  const Shell shell;
  std::string lines;
  for (int i = 0; i < 2500; ++i) lines += scheduled("d-" + std::to_string(i));
  (void)shell.result({"import", "-"}, lines);
  auto listed = values(shell.result({"streams"}), "stream");
  CHECK(listed.size() == 2500);
  CHECK(std::adjacent_find(listed.begin(), listed.end(), std::greater_equal<>{}) == listed.end());
}

TEST_CASE("stats counts what is in the store", "[stats]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1") + completed_delivery("d-2", "org-2"));
  const auto counts = shell.result({"stats"});
  CHECK(value(counts, "events") == "8");
  CHECK(value(counts, "streams") == "2");
  CHECK(value(counts, "organizations") == "2");
  CHECK(value(counts, "first_created_at") == "2026-01-27T10:30:00.000000Z");
  CHECK(value(counts, "last_created_at") == "2026-01-28T08:55:00.000000Z");
  CHECK_THAT(counts, Catch::Contains(R"("streams_by_category":{"delivery":2})"));
  CHECK_THAT(counts, Catch::Contains(R"("DeliveryDeparted":2)"));
}

}  // namespace state_test
