#include "shell.hpp"

namespace terminal_test {

using namespace eventstore::cli_test;

namespace {

void fill(const Shell& shell) {
  (void)shell.result({"import", "-"}, completed_delivery("d-1") + completed_delivery("d-2"));
}

std::string on_terminal(const Shell& shell, const Words& words) {
  const auto outcome = shell.start(words, End::terminal, End::pipe)->finish();
  CAPTURE(words);
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.err.empty());
  return outcome.out;
}

}  // namespace

TEST_CASE("a person gets tables", "[terminal]") {
  const Shell shell;
  fill(shell);
  const auto table = on_terminal(shell, {"streams"});
  CHECK_THAT(table, Catch::StartsWith("stream"));
  CHECK_THAT(table, Catch::Contains("──") && Catch::Contains("delivery-d-2  org-1"));
  CHECK_FALSE(table.find('{') != std::string::npos);
  CHECK(count_lines(table) == 4);
  CHECK_THAT(on_terminal(shell, {"stats"}), Catch::StartsWith("events") && Catch::Contains("streams"));
  for (const auto& row : lines_of(on_terminal(shell, {"all"}))) {
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    const auto columns = static_cast<long>(row.size()) - std::count_if(row.begin(), row.end(), continues);
    CHECK(columns <= 101);  // the terminal's 100 and the carriage return
  }
}

TEST_CASE("a table on a narrow terminal splits JSON and no path", "[terminal]") {
  const Shell shell;
  fill(shell);
  const std::string diff =
      "stty cols 60 <&1; '" EVENTSTORE_PROGRAM "' --store '" + shell.store() + "' diff delivery-d-1 1 4";
  const auto outcome = Program{"/bin/sh", {"-c", diff}, End::terminal, End::pipe}.finish();
  CAPTURE(outcome.out);
  CHECK(outcome.err.empty());
  CHECK_THAT(outcome.out, Catch::Contains("\nactual_delivery_time  ") && Catch::Contains("\ntracking_events[0]    ") &&
                              Catch::Contains(R"({"status":)"));
}

TEST_CASE("option --json gives JSON lines to a person too", "[terminal]") {
  const Shell shell;
  fill(shell);
  const auto lines = on_terminal(shell, {"streams", "--json"});
  CHECK_THAT(lines, Catch::StartsWith("{\"stream\":\"delivery-d-1\""));
}

TEST_CASE("option --table gives tables in a pipe too", "[terminal]") {
  const Shell shell;
  fill(shell);
  CHECK_THAT(shell.result({"--table", "streams"}), Catch::StartsWith("stream") && Catch::Contains("──"));
  CHECK_THAT(
      shell.result({"query", "--table", "get_events_by_type", "DeliveryAssigned", "--org", "org-1", "--limit", "1"}),
      Catch::StartsWith("organization_id"));
  require_complaint(shell.run({"--json", "--table", "streams"}), 2, {"--json", "--table"});
}

TEST_CASE("made-up lines are for import, also on a terminal", "[terminal]") {
  const Shell shell;
  CHECK_THAT(on_terminal(shell, {"generate", "--events", "2"}), Catch::StartsWith("{"));
}

TEST_CASE("a person sees progress and a cleared line at the end; a pipe sees neither", "[terminal]") {
  const Shell shell;
  const auto file = shell.write("events.ndjson", shell.result({"generate", "--events", "30000"}));
  const auto outcome =
      shell.start({"import", file, "--durability", "every_commit"}, End::pipe, End::terminal)->finish();
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.err, Catch::Contains("import ") && Catch::Contains("%") && Catch::Contains("events, "));
  CHECK_THAT(outcome.err, Catch::EndsWith("\r\033[K"));
  CHECK(value(outcome.out, "appended") == "30000");
}

TEST_CASE("an error on a terminal is one line as well", "[terminal]") {
  const Shell shell;
  const auto outcome = shell.start({"stats"}, End::terminal, End::terminal)->finish();
  CHECK(outcome.exit_code == 4);
  CHECK(count_lines(outcome.err) == 1);
  CHECK_THAT(outcome.err, Catch::StartsWith("eventstore: not_found"));
}

}  // namespace terminal_test
