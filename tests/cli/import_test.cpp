#include "shell.hpp"

namespace import_test {

using namespace eventstore::cli_test;

namespace {

const std::string four_events = completed_delivery("d-1");

}  // namespace

SCENARIO("import tells what became of the lines", "[import]") {
  GIVEN("a file of four events") {
    const Shell shell;
    const auto file = shell.write("events.ndjson", four_events);
    WHEN("it is imported") {
      const auto counts = shell.result({"import", file});
      THEN("all are appended and nothing else is said") {
        CHECK(counts == R"({"read":4,"appended":4,"already_there":0,"refused":0,"unclaimed":0})"
                        "\n");
        CHECK(values(shell.result({"all"}), "position") == std::vector<std::string>{"1", "2", "3", "4"});
      }
      AND_WHEN("it is imported again") {
        const auto before = shell.result({"export"});
        const auto again = shell.result({"import", file});
        THEN("nothing is appended, and that is said") {
          CHECK(again == R"({"read":4,"appended":0,"already_there":4,"refused":0,"unclaimed":0})"
                         "\n");
          CHECK(shell.result({"export"}) == before);
        }
      }
    }
  }
}

TEST_CASE("import reads plain files, gzip files and standard input alike", "[import]") {
  const Shell plain;
  const Shell packed;
  const Shell piped;
  const Shell piped_packed;
  (void)plain.result({"import", plain.write("events.ndjson", four_events)});
  (void)packed.result({"import", packed.write("events.ndjson.gz", gzip(four_events))});
  (void)piped.result({"import", "-"}, four_events);
  (void)piped_packed.result({"import", "-"}, gzip(four_events));
  const auto events = without_ids(plain.result({"all"}));
  CHECK(count_lines(events) == 4);
  CHECK(without_ids(packed.result({"all"})) == events);
  CHECK(without_ids(piped.result({"all"})) == events);
  CHECK(without_ids(piped_packed.result({"all"})) == events);
}

TEST_CASE("blank lines, line ends of either kind and a last line without one are no events", "[import]") {
  const Shell shell;
  const auto text = "\n   \n" + scheduled("d-1") + "\r\n\t\n" + assigned("d-1", 2) + "\n";
  auto windows = text;
  windows.insert(windows.find("}\n{") == std::string::npos ? windows.size() : windows.find("}\n{") + 1, "\r");
  auto without_end = windows + assigned("d-1", 3);
  without_end.pop_back();
  const auto counts = shell.result({"import", "-"}, without_end);
  CHECK(value(counts, "read") == "3");
  CHECK(value(counts, "appended") == "3");
}

TEST_CASE("an empty file is no failure", "[import]") {
  const Shell shell;
  CHECK(value(shell.result({"import", "-"}, ""), "read") == "0");
  CHECK(shell.result({"export"}).empty());
}

TEST_CASE("a file whose first half was imported before is completed", "[import]") {
  const Shell shell;
  std::string all;
  for (int i = 1; i <= 700; ++i) all += completed_delivery("d-" + std::to_string(i));
  const auto half = all.find("\"d-350\"");
  const auto first_half = all.substr(0, all.find('\n', half) + 1);
  const auto had = std::to_string(count_lines(first_half));
  CHECK(value(shell.result({"import", "-"}, first_half), "appended") == had);

  const auto counts = shell.result({"import", "-"}, all);

  CHECK(value(counts, "already_there") == had);
  CHECK(value(counts, "appended") == std::to_string(2800 - count_lines(first_half)));
  CHECK(value(counts, "refused") == "0");
  const Shell other;
  (void)other.result({"import", "-"}, all);
  CHECK(without_ids(shell.result({"all"})) == without_ids(other.result({"all"})));
}

TEST_CASE("a line that the file repeats is taken once where it claims a version", "[import]") {
  const Shell shell;
  const auto counts = shell.result({"import", "-"}, scheduled("d-1") + assigned("d-1", 2) + assigned("d-1", 2));
  CHECK(value(counts, "read") == "3");
  CHECK(value(counts, "appended") == "2");
  CHECK(value(counts, "already_there") == "1");
}

TEST_CASE("two identical lines without a version are two events, also when the file comes again", "[import]") {
  const Shell shell;
  const auto text = scheduled("d-1") + assigned("d-1", 0) + assigned("d-1", 0);
  const auto counts = shell.result({"import", "-"}, text);
  CHECK(value(counts, "appended") == "3");
  CHECK(value(counts, "unclaimed") == "1");
  const auto ids = values(shell.result({"export"}), "event_id");
  CHECK(ids[1] != ids[2]);
  CHECK(value(shell.result({"import", "-"}, text), "already_there") == "3");
}

TEST_CASE("what mongoexport prints is understood", "[import]") {
  const Shell shell;
  const std::string line =
      R"({"_id":{"$oid":"65b4d5f0c8a1b2c3d4e5f601"},"organization_id":"org-1","event_type":"DeliveryAssigned",)"
      R"("event_data":{"agent_id":"agent-1"},"aggregate_id":"d-1","aggregate_type":"delivery",)"
      R"("created_at":{"$date":"2026-01-27T10:30:00.123Z"},"version":{"$numberInt":"1"},"metadata":{"user_id":"u-9"}})";
  CHECK(value(shell.result({"import", "-"}, line), "appended") == "1");
  const auto event = shell.result({"read", "delivery-d-1"});
  CHECK(value(event, "created_at") == "2026-01-27T10:30:00.123000Z");
  CHECK(value(event, "version") == "1");
  CHECK(value(event, "user_id") == "u-9");
  CHECK(value(event, "_id").empty());
}

TEST_CASE("import --report says after each commit up to where the lines are in", "[import]") {
  const Shell shell;
  const auto lines = lines_of(shell.result({"import", "-", "--report", "--durability", "every_commit"}, four_events));
  REQUIRE(lines.size() >= 2);
  CHECK(lines[lines.size() - 2] == R"({"line":4,"position":4})");
  CHECK(value(lines.back(), "appended") == "4");
}

}  // namespace import_test
