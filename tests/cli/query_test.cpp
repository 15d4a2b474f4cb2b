#include "shell.hpp"

namespace query_test {

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

std::string message(const std::string& id, const std::string& content, const std::string& created_at) {
  return to_line({.key = "c-1",
                  .type = "MessageSent",
                  .data = R"({"message_id":")" + id + R"(","sender_id":"u-1","receiver_id":"p-1","message_content":")" +
                          content + "\"}",
                  .category = "conversation",
                  .created_at = created_at});
}

// Three messages of a conversation and a delivery that was completed, projected.
void fill(const Shell& shell) {
  const auto opened = to_line(
      {.key = "c-1", .type = "ConversationOpened", .data = R"({"contact_id":"p-1"})", .category = "conversation"});
  (void)shell.result({"import", "-"}, completed_delivery("d-1") + opened +
                                          message("m-1", "Good morning", "2026-01-27T10:31:00Z") +
                                          message("m-2", "Your caf\xc3\xa9 is ready", "2026-01-27T11:32:00Z") +
                                          message("m-3", "Good night", "2026-01-28T22:33:00Z"));
  (void)shell.result({"record", "log_action", "u-9", "view", "report", "r-1", "--org", "org-1"});
  (void)shell.result({"project", "run"});
}

Texts ask(const Shell& shell, Words words, const std::string& field) {
  words.insert(words.begin(), "query");
  words.insert(words.end(), {"--org", "org-1"});
  return values(shell.result(words), field);
}

}  // namespace

TEST_CASE("each function that reads answers by its name", "[query]") {
  const Shell shell;
  fill(shell);
  const std::string at = "2026-01-28T23:00:00Z";
  CHECK(ask(shell, {"get_conversation_history", "c-1"}, "message_id") == Texts{"m-1", "m-2", "m-3"});
  CHECK(ask(shell, {"search_messages", "cafe"}, "message_id") == Texts{"m-2"});
  CHECK(ask(shell, {"search_messages", "good night"}, "message_id") == Texts{"m-3"});
  CHECK(ask(shell, {"search_messages", "morning OR night"}, "message_id") == Texts{"m-3", "m-1"});
  CHECK(ask(shell, {"get_user_activity", "u-9"}, "resource_id") == Texts{"r-1"});
  CHECK(ask(shell, {"get_resource_history", "r-1"}, "action") == Texts{"view"});
  CHECK(ask(shell, {"get_daily_stats", "messages_sent", "--now", at}, "_id") == Texts{"2026-01-27", "2026-01-28"});
  CHECK(ask(shell, {"get_daily_stats", "messages_sent", "--now", at}, "total") == Texts{"2", "1"});
  CHECK(ask(shell, {"get_hourly_stats", "messages_sent", "48", "--now", at}, "_id") ==
        Texts{"2026-01-27T10", "2026-01-27T11", "2026-01-28T22"});
  CHECK(ask(shell, {"get_aggregate_events", "d-1", "delivery"}, "version") == Texts{"1", "2", "3", "4"});
  CHECK(ask(shell, {"get_events_by_type", "DeliveryCompleted"}, "aggregate_id") == Texts{"d-1"});
}

TEST_CASE("parameters come in their order, as name=value, or as options", "[query]") {
  const Shell shell;
  fill(shell);
  const std::string at = "2026-01-28T23:00:00Z";
  const Texts today{"2026-01-28"};
  CHECK(ask(shell, {"get_daily_stats", "messages_sent", "1", "--now", at}, "_id") == today);
  CHECK(ask(shell, {"get_daily_stats", "metric_type=messages_sent", "days=1", "--now", at}, "_id") == today);
  CHECK(ask(shell, {"get_daily_stats", "--metric_type", "messages_sent", "--days", "1", "--now", at}, "_id") == today);
  CHECK(ask(shell, {"get_daily_stats", "--metric-type=messages_sent", "--days=1", "--now", at}, "_id") == today);
  CHECK(ask(shell, {"get_daily_stats", "days=1", "messages_sent", "--now", at}, "_id") == today);
  CHECK(ask(shell, {"--now", at, "get_daily_stats", "--days", "1", "messages_sent"}, "_id") == today);
}

TEST_CASE("a list goes on from its cursor", "[query]") {
  const Shell shell;
  fill(shell);
  const auto page = shell.result({"query", "get_conversation_history", "c-1", "limit=2", "--org", "org-1"});
  const auto lines = lines_of(page);
  REQUIRE(lines.size() == 3);
  const auto cursor = value(lines.back(), "next_cursor");
  CHECK(ask(shell, {"get_conversation_history", "c-1", "limit=2", "cursor=" + cursor}, "message_id") == Texts{"m-1"});
}

TEST_CASE("option --now decides which days are the last", "[query]") {
  const Shell shell;
  fill(shell);
  CHECK(ask(shell, {"get_daily_stats", "deliveries_completed", "--now", "2026-01-28T09:00:00Z"}, "total") ==
        Texts{"1"});
  CHECK(ask(shell, {"get_daily_stats", "deliveries_completed", "--now", "2026-01-27T09:00:00Z"}, "total").empty());
  CHECK(ask(shell, {"get_daily_stats", "deliveries_completed", "--now", "2026-06-27T09:00:00Z"}, "total").empty());
  require_complaint(shell.run({"query", "get_daily_stats", "x", "--org", "o", "--now", "noon"}), 2,
                    {"noon", "RFC 3339"});
}

TEST_CASE("one organization does not see another's", "[query]") {
  const Shell shell;
  fill(shell);
  for (const Words& words : {Words{"get_conversation_history", "c-1"},
                             {"search_messages", "good"},
                             {"get_user_activity", "u-9"},
                             {"get_resource_history", "d-1"},
                             {"get_aggregate_events", "d-1", "delivery"},
                             {"get_events_by_type", "DeliveryCompleted"}}) {
    Words all{"query"};
    all.insert(all.end(), words.begin(), words.end());
    all.insert(all.end(), {"--org", "org-2"});
    CHECK(shell.result(all).empty());
  }
}

TEST_CASE("a question that is not understood is answered with what there is", "[query]") {
  const Shell shell;
  fill(shell);
  const auto complain = [&](Words words, int exit_code, const Texts& parts) {
    words.insert(words.begin(), "query");
    require_complaint(shell.run(words), exit_code, parts);
  };
  complain({"get_weather", "--org", "o"}, 4, {"not_found", "get_weather", "get_daily_stats", "search_messages"});
  complain({"log_metric", "m", "1", "--org", "o"}, 4, {"log_metric", "record"});
  complain({"get_daily_stats", "x"}, 2, {"--org"});
  complain({"get_daily_stats", "--org", "o"}, 2, {"metric_type", "missing", "[days=30]"});
  complain({"get_daily_stats", "x", "few", "--org", "o"}, 2, {"days", "few"});
  complain({"get_daily_stats", "x", "days=1.5", "--org", "o"}, 2, {"days", "1.5"});
  complain({"get_daily_stats", "x", "--weeks", "2", "--org", "o"}, 2, {"weeks", "no such parameter", "[days=30]"});
  complain({"get_daily_stats", "x", "1", "c", "d", "--org", "o"}, 2, {"one value too many"});
  complain({"get_daily_stats", "x", "metric_type=y", "--org", "o"}, 2, {"metric_type", "given twice"});
  complain({"get_daily_stats", "x", "--days", "--org", "o"}, 2, {"days"});
  complain({"get_user_activity", "u-9", "limit=-1", "--org", "o"}, 2, {"limit"});
  complain({"get_user_activity", "u-9", "cursor=here", "--org", "o"}, 2, {"cursor", "here"});
  complain({"search_messages", " ", "--org", "o"}, 2, {"query"});
}

TEST_CASE("collections that were not made yet are asked for in vain", "[query]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  require_complaint(shell.run({"query", "get_resource_history", "d-1", "--org", "org-1"}), 4, {"project run"});
  CHECK(ask(shell, {"get_aggregate_events", "d-1", "delivery"}, "version").size() == 4);
}

}  // namespace query_test
