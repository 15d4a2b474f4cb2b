// Reactions of the program.
#include <algorithm>
#include <csignal>

#include "shell.hpp"

namespace react_test {

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

// A campaign with two contacts, which is executed.
void execute_campaign(const Shell& shell, const std::string& key) {
  const auto run = [&](const std::string& command, const std::string& json) {
    (void)shell.result({"execute", "campaign-" + key, command, json});
  };
  run("create", R"({"name":"Spring","content":"Buy flowers"})");
  run("add_contacts", R"({"contact_ids":["ada","bea"]})");
  run("execute", "{}");
}

std::size_t messages(const Shell& shell) { return count_lines(shell.result({"all", "--type", "MessageSent"})); }

}  // namespace

TEST_CASE("a reaction that never ran begins only where the command says", "[react]") {
  const Shell shell;
  execute_campaign(shell, "spring");
  CHECK(value(shell.result({"react", "status"}), "health") == "missing");
  require_complaint(shell.run({"react", "run"}), 2, {"send-campaign-messages", "it has never run", "--from now"});
  require_complaint(shell.run({"react", "run", "--from", "yesterday"}), 2, {"--from yesterday"});
  CHECK(messages(shell) == 0);
  const auto run = shell.result({"react", "run", "--from", "now"});
  CHECK(value(run, "reaction") == "send-campaign-messages");
  CHECK(value(run, "done") == "0");
  execute_campaign(shell, "summer");
  CHECK(value(shell.result({"react", "run"}), "done") == "2");
  CHECK(messages(shell) == 2);
  CHECK(value(shell.result({"react", "run", "send-campaign-messages"}), "done") == "0");
  CHECK_THAT(shell.result({"react", "status"}),
             Catch::Contains(R"("health":"live")") && Catch::Contains(R"("behind":0)"));
}

TEST_CASE("a reaction that follows handles what it finds and ends in good order", "[react]") {
  const Shell shell;
  execute_campaign(shell, "spring");
  const auto following = shell.start({"react", "run", "--follow", "--from", "beginning"});
  CHECK(value(following->line().value_or(""), "done") == "2");
  require_complaint(shell.run({"react", "run"}), 1, {"locked", "they run in the process that writes"});
  CHECK(value(shell.result({"react", "status"}), "health") == "live");
  following->signal(SIGTERM);
  CHECK(following->finish().exit_code == 0);
  CHECK(messages(shell) == 2);
}

TEST_CASE("dead letters are listed and dealt with by commands", "[react]") {
  const Shell shell;
  execute_campaign(shell, "spring");
  CHECK(shell.result({"react", "dead-letters"}).empty());
  CHECK(shell.run({"react", "retry", "send-campaign-messages"}).exit_code == 4);
  (void)shell.result({"react", "run", "--from", "beginning"});
  CHECK(value(shell.result({"react", "retry", "send-campaign-messages"}), "left") == "0");
  require_complaint(shell.run({"react", "drop", "send-campaign-messages", "7"}), 4, {"not_found", "7"});
  require_complaint(shell.run({"react", "dead-letters", "wrong"}), 4,
                    {"no such reaction; the reactions are send-campaign-messages"});
}

TEST_CASE("an export of a store with reactions is imported as it is and the reaction goes on", "[react]") {
  const Shell first;
  execute_campaign(first, "spring");
  (void)first.result({"react", "run", "--from", "beginning"});
  const auto exported = first.result({"all"});
  REQUIRE(values(exported, "event_type").back() != "ReactionStarted");
  CHECK_THAT(exported, Catch::Contains("ReactionStarted"));
  const Shell second;
  SECTION("whose events are known") {
    CHECK(value(second.result({"import", "-"}, exported), "appended") == std::to_string(count_lines(exported)));
  }
  SECTION("whose events are kept as JSON") { (void)second.result({"import", "--raw", "-"}, exported); }
  CHECK(second.result({"all"}) == exported);
  CHECK(value(second.result({"react", "run"}), "set_aside") == "0");
  CHECK(messages(second) == 2);
  execute_campaign(second, "summer");
  CHECK(value(second.result({"react", "run"}), "done") == "2");
}

TEST_CASE("the events of reactions are the program's own and no aggregate of its domain", "[react][schema]") {
  const Shell shell;
  execute_campaign(shell, "spring");
  (void)shell.result({"react", "run", "--from", "beginning"});
  const auto locks = shell.file("aggregates");
  std::filesystem::create_directory(locks);
  std::filesystem::create_directory(locks + "/delivery");
  for (const auto* const category : {"activity", "agent", "campaign", "conversation", "customer", "metric"})
    std::filesystem::create_directory(locks + "/" + category);
  CHECK_THAT(shell.result({"schema", "lock", "--locks", locks}), !Catch::Contains("reaction"));
  CHECK_FALSE(std::filesystem::exists(locks + "/reaction"));
  const auto checked = lines_of(shell.result({"schema", "check", "--locks", locks}));
  const auto started = std::find_if(checked.begin(), checked.end(), [](const std::string& line) {
    return value(line, "event_type") == "ReactionStarted";
  });
  REQUIRE(started != checked.end());
  CHECK(value(*started, "verdict") == "same");
  CHECK(value(*started, "write").empty());
  CHECK_THAT(shell.result({"state", "reaction-send-campaign-messages"}), Catch::Contains(R"("refused":0)"));
  require_complaint(shell.run({"execute", "reaction-send-campaign-messages", "start", "{}"}), 4, {"it has none"});
}

TEST_CASE("a program without reactions says so", "[react]") {
  const Shell shell{EVENTSTORE_ACCOUNT_EXAMPLE};
  (void)shell.result({"execute", "account-ada", "open", R"({"owner":"Ada"})"});
  CHECK(shell.result({"react", "status"}).empty());
  require_complaint(shell.run({"react", "run", "notify"}), 4, {"no such reaction; the reactions are none"});
}

}  // namespace react_test
