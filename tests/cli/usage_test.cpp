#include <eventstore/version.hpp>

#include <cstdlib>

#include "shell.hpp"

namespace usage_test {

using namespace eventstore::cli_test;

TEST_CASE("what is not understood is named, in one line, with what to do", "[usage]") {
  const Shell shell;
  const auto complain = [&](const Words& words, const std::vector<std::string>& parts) {
    CAPTURE(words);
    const auto outcome = shell.run(words);
    require_complaint(outcome, 2, parts);
    CHECK_THAT(outcome.err, Catch::Contains("--help"));
    CHECK(outcome.out.empty());
  };
  complain({"bogus"}, {"bogus", "no such command"});
  complain({"project", "bogus"}, {"bogus", "no such command", "run"});
  complain({}, {"command"});
  complain({"project"}, {"project", "run"});
  complain({"stats", "--wat"}, {"--wat"});
  complain({"stats", "extra"}, {"extra"});
  complain({"--wat", "stats"}, {"--wat"});
  complain({"read"}, {"STREAM"});
  complain({"import"}, {"FILE"});
  complain({"execute", "delivery-1"}, {"COMMAND"});
  complain({"query"}, {"NAME"});
  complain({"all", "--limit"}, {"--limit"});
  complain({"all", "--from", "-1"}, {"--from", "-1"});
  complain({"generate", "--events", "many"}, {"--events", "many"});
  complain({"import", "-", "--durability", "sometimes"}, {"--durability", "sometimes", "every_commit"});
}

TEST_CASE("help is no failure and comes on standard output", "[usage]") {
  const Shell shell;
  CHECK_THAT(shell.result({"--help"}), Catch::Contains("import") && Catch::Contains("project"));
  CHECK_THAT(shell.result({"import", "--help"}), Catch::Contains("--on-error"));
  CHECK_THAT(shell.result({"query", "--help"}), Catch::Contains("get_daily_stats metric_type [days=30]"));
}

TEST_CASE("the version is that of the library", "[usage]") {
  CHECK(Shell{}.result({"--version"}) == "eventstore " + std::string{eventstore::library_version.text} + '\n');
}

TEST_CASE("help says what each option does and what stands in for it", "[usage]") {
  const Shell shell;
  const auto help = shell.result({"generate", "--help"});
  CHECK_THAT(help, Catch::Contains("--events NUMBER=1000") && Catch::Contains("Number of events to make up"));
  CHECK_THAT(help, Catch::Contains("--seed NUMBER=1") && Catch::Contains("Seed of the random generator"));
}

TEST_CASE("option --tenant, the earlier name of --org, means the same in every command", "[usage]") {
  const Shell shell;
  const std::string deposit = R"({"event_type":"DeliveryAssigned","event_data":{"agent_id":"a-7"}})";
  (void)shell.result({"import", "-"}, scheduled("d-1"));
  (void)shell.result({"append", "delivery-d-1", "--tenant", "org-1"}, deposit);
  (void)shell.result({"execute", "delivery-d-1", "depart", "--tenant", "org-1"});
  (void)shell.result({"record", "log_metric", "m", "1", "--tenant", "org-1"});
  CHECK(count_lines(shell.result({"all", "--tenant", "org-1"})) == 4);
  CHECK(count_lines(shell.result({"query", "get_events_by_type", "DeliveryAssigned", "--tenant", "org-1"})) == 1);
  for (const auto* const command : {"all", "append", "execute", "query", "record"})
    CHECK_THAT(shell.result({command, "--help"}), Catch::Contains("--org,--tenant"));
}

TEST_CASE("the store is named by option, before or after the command, or by EVENTSTORE_DIR", "[usage]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, scheduled("d-1"));
  const auto events = shell.result({"all"});
  CHECK(run(EVENTSTORE_PROGRAM, {"all", "--store", shell.store()}).out == events);
  ::setenv("EVENTSTORE_DIR", shell.store().c_str(), 1);
  const auto by_variable = run(EVENTSTORE_PROGRAM, {"all"});
  const auto option_wins = run(EVENTSTORE_PROGRAM, {"all", "--store", shell.file("other")});
  const auto option_wins_in_query =
      run(EVENTSTORE_PROGRAM, {"--store", shell.file("other"), "query", "get_events_by_type", "x", "--org", "o"});
  const auto late_option_wins =
      run(EVENTSTORE_PROGRAM, {"query", "--store", shell.file("other"), "get_events_by_type", "x", "--org", "o"});
  ::unsetenv("EVENTSTORE_DIR");
  CHECK(by_variable.out == events);
  CHECK(option_wins.exit_code == 4);
  CHECK(option_wins_in_query.exit_code == 4);
  CHECK(late_option_wins.exit_code == 4);
}

}  // namespace usage_test
