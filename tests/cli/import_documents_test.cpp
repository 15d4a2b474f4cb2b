// import --from: documents of other systems, from their files to the collections.
#include "shell.hpp"

namespace import_documents_test {

using namespace eventstore::cli_test;

namespace {

std::string message(const std::string& id, const std::string& more = "") {
  return R"({"_id":{"$oid":")" + id +
         R"("},"organization_id":"org-7","conversation_id":"c-1","sender_id":"agent-9",)"
         R"("receiver_id":"contact-1","message_content":"Hello","message_type":"text","status":"read",)"
         R"("created_at":{"$date":"2026-01-27T10:30:00Z"},"updated_at":{"$date":{"$numberLong":"1769509920000"}})" +
         (more.empty() ? "" : "," + more) + "}\n";
}

std::string delivery(const std::string& id) {
  return R"({"_id":")" + id +
         R"(","customer_id":"k-1","agent_id":"a-1","address":"1 Mill Lane","status":"in_transit",)"
         R"("scheduled_time":{"$date":"2025-10-26T14:00:00Z"},"createdAt":{"$date":"2025-10-25T10:00:00Z"},)"
         R"("updatedAt":{"$date":"2025-10-26T13:30:00Z"}})"
         "\n";
}

Words import_from(const std::string& kind, const std::string& file) { return {"import", file, "--from", kind}; }

}  // namespace

TEST_CASE("documents of another system become events and are not imported twice", "[import][documents]") {
  const Shell shell;
  const auto file =
      shell.write("messages.json", message("64f1a2b3c4d5e6f708192a3b") + message("64f1a2b3c4d5e6f708192a3c"));
  CHECK(shell.result(import_from("pytake-messages", file)) ==
        R"({"read":4,"appended":4,"already_there":0,"refused":0,"unclaimed":1,"documents":2})"
        "\n");
  CHECK(value(shell.result(import_from("pytake-messages", file)), "already_there") == "4");
  CHECK(count_lines(shell.result({"export"})) == 4);
  (void)shell.result({"project", "run"});
  const auto history = shell.result({"query", "get_conversation_history", "c-1", "--org", "org-7"});
  CHECK(count_lines(history) == 2);
  CHECK_THAT(history, Catch::Contains("64f1a2b3c4d5e6f708192a3b") && Catch::Contains(R"("status":"read")"));
  CHECK_THAT(shell.result({"all", "--limit", "1"}), Catch::Contains(R"("migrated_from":"pytake-messages")"));
  CHECK(shell.run({"verify"}).exit_code == 0);
  CHECK(shell.run({"project", "verify"}).exit_code == 0);
}

TEST_CASE("documents that name no organization get the one of the option", "[import][documents]") {
  const Shell shell;
  const auto file = shell.write("deliveries.json", delivery("d-1"));
  auto words = import_from("delauto-deliveries", file);
  words.insert(words.end(), {"--org", "org-3"});
  CHECK(value(shell.result(words), "appended") == "3");
  CHECK_THAT(shell.result({"all", "--org", "org-3"}), Catch::Contains("DeliveryDeparted"));
  CHECK_THAT(shell.result({"state", "delivery-d-1"}), Catch::Contains("in_transit"));
}

TEST_CASE("a document that no events can tell is refused as a whole", "[import][documents]") {
  const Shell shell;
  const auto bad = std::string{R"({"_id":"x","conversation_id":"c-1"})"} + "\n";
  const auto file =
      shell.write("messages.json", message("64f1a2b3c4d5e6f708192a3b") + bad + message("64f1a2b3c4d5e6f708192a3c"));
  require_complaint(shell.run(import_from("pytake-messages", file)), 2, {"line 2", "sender_id"});
  CHECK(count_lines(shell.result({"export"})) == 2);
  auto words = import_from("pytake-messages", file);
  words.insert(words.end(), {"--on-error", shell.file("bad.json")});
  const auto outcome = shell.run(words);
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.err, Catch::Contains("refused") && Catch::Contains("line 2"));
  CHECK(value(outcome.out, "refused") == "1");
  CHECK(value(outcome.out, "documents") == "2");
  CHECK(shell.read("bad.json") == bad);
}

TEST_CASE("what no event says is named", "[import][documents]") {
  const Shell shell;
  const auto file = shell.write("messages.json", message("64f1a2b3c4d5e6f708192a3b", R"("status":"lost")"));
  auto poll = message("64f1a2b3c4d5e6f708192a3b");
  poll.replace(poll.find("\"text\""), 6, "\"poll\"");
  const auto outcome = shell.run(import_from("pytake-messages", shell.write("poll.json", poll)));
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.err, Catch::Contains("line 1") && Catch::Contains("message_type"));
  CHECK(value(outcome.out, "left_out") == "1");
  // A member that stands there twice is no document of MongoDB.
  require_complaint(shell.run(import_from("pytake-messages", file)), 2, {"line 1", "status"});
}

TEST_CASE("a kind of documents that is not known lists those that there are", "[import][documents]") {
  const Shell shell;
  const auto file = shell.write("messages.json", message("64f1a2b3c4d5e6f708192a3b"));
  require_complaint(shell.run(import_from("oracle", file)), 2, {"pytake-messages", "delauto-deliveries"});
}

TEST_CASE("a document of a kind whose events the program lacks is refused", "[import][documents]") {
  const Shell shell;
  const auto file = shell.write("odd.json", "[1, 2]\n");
  require_complaint(shell.run(import_from("pytake-messages", file)), 2, {"line 1", "object"});
}

}  // namespace import_documents_test
