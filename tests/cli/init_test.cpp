// `init`, `doctor` and what tells of sizes, on a store that the program makes.
#include <filesystem>

#include "shell.hpp"

namespace init_test {

using namespace eventstore::cli_test;

TEST_CASE("init makes a store that can be asked and made again", "[init]") {
  const Shell shell;
  const auto first = shell.result({"init"});
  CHECK(value(first, "events") == "0");
  CHECK_THAT(first, Catch::Contains("\"message_logs\"") && Catch::Contains("init --sample"));
  CHECK(shell.result({"query", "get_user_activity", "u-1", "--org", "org-1"}).empty());
  const auto indexes =
      sql(shell, "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND tbl_name = 'deliveries'");
  CHECK(std::stoi(indexes.front()) > 4);
  const auto second = shell.result({"init"});
  CHECK(value(second, "collections") == value(first, "collections"));
  CHECK_THAT(second, Catch::Contains("\"made\":[]"));
}

TEST_CASE("init fills a store with made-up data of all categories", "[init]") {
  const Shell shell;
  const auto filled = shell.run({"init", "--sample", "--events", "1500"});
  CAPTURE(filled.err);
  REQUIRE(filled.exit_code == 0);
  CHECK(value(filled.out, "made_up") == "1500");
  const auto counts = shell.result({"stats"});
  for (const auto* const category : {"campaign", "conversation", "delivery", "agent", "customer"})
    CHECK_THAT(counts, Catch::Contains("\"" + std::string{category} + "\":"));
  for (const auto& health : values(shell.result({"project", "status"}), "health")) CHECK(health == "live");
  CHECK(std::stoi(sql(shell, "SELECT count(*) FROM agents WHERE name <> ''").front()) > 0);

  const auto again = shell.run({"init", "--sample"});
  CHECK(again.exit_code == 0);
  CHECK_THAT(again.err, Catch::Contains("--force"));
  CHECK(shell.result({"stats"}) == counts);
}

TEST_CASE("the sizes of a collection and of its indexes can be asked for", "[init]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1") + completed_delivery("d-2", "org-2"));
  (void)shell.result({"init"});
  const auto stats = shell.result({"query", "collection_stats", "deliveries", "--org", "org-1"});
  CHECK(value(stats, "documents") == "1");
  CHECK(std::stoi(value(stats, "bytes")) > 0);
  CHECK(std::stoi(value(stats, "index_bytes")) > 0);
  CHECK(value(stats, "oldest") == "2026-01-27T10:30:00.000000Z");
  require_complaint(shell.run({"query", "collection_stats", "delivery", "--org", "org-1"}), 4, {"deliveries"});

  const auto indexes = shell.result({"stats", "--indexes"});
  CHECK_THAT(indexes, Catch::Contains("\"deliveries_by_status\"") && Catch::Contains("\"deliveries_location\"") &&
                          Catch::Contains("\"message_logs_text\""));
  for (const auto& bytes : values(indexes, "bytes")) CHECK(std::stoi(bytes) > 0);
}

TEST_CASE("the doctor writes a line for its own organization and counts those that it finds", "[doctor]") {
  const Shell shell;
  (void)shell.result({"init"});
  const auto first = shell.result({"doctor"});
  const auto second = shell.result({"doctor"});
  const auto lines = lines_of(second);
  REQUIRE(lines.size() >= 4);
  CHECK(value(lines[0], "says") == "Database connection established");
  CHECK(value(lines[1], "says") == "Audit log queued successfully");
  CHECK(value(lines[2], "says") == "Found 2 audit entries for eventstore-doctor");
  CHECK(value(lines[3], "says") == "Database Logging Test Complete!");
  for (std::size_t i = 4; i < lines.size(); ++i) {
    CHECK(value(lines[i], "result") == "advice");
    CHECK_FALSE(value(lines[i], "todo").empty());
  }
  CHECK(values(shell.result({"all"}), "organization_id") ==
        std::vector<std::string>{"eventstore-doctor", "eventstore-doctor"});
  (void)shell.result({"project", "run"});
  CHECK(count_lines(shell.result(
            {"query", "get_user_activity", "eventstore-doctor", "days=36500", "--org", "eventstore-doctor"})) == 2);
  CHECK_FALSE(std::filesystem::exists(shell.file("store/keys")));
}

TEST_CASE("the doctor speaks to people as the test that they know", "[doctor]") {
  const Shell shell;
  (void)shell.result({"init"});
  const auto shown = shell.result({"doctor", "--table"});
  const auto lines = lines_of(shown);
  REQUIRE(lines.size() >= 4);
  CHECK(lines[0] == "✅ Database connection established");
  CHECK(lines[1] == "✅ Audit log queued successfully");
  CHECK(lines[2] == "📋 Found 1 audit entries for eventstore-doctor");
  CHECK(lines[3] == "🎉 Database Logging Test Complete!");
}

TEST_CASE("the doctor makes no store and says what does", "[doctor]") {
  const Shell shell;
  require_complaint(shell.run({"doctor"}), 4, {"no store", "init"});
  CHECK_FALSE(std::filesystem::exists(shell.store()));
}

}  // namespace init_test
