// Reactions of the program, and projections that its appends bring up to date.
#include <csignal>

#include "shell.hpp"

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

TEST_CASE("a reaction goes on in a store that was imported", "[react]") {
  const Shell first;
  execute_campaign(first, "spring");
  (void)first.result({"react", "run", "--from", "beginning"});
  const Shell second;
  (void)second.result({"import", "--raw", "-"}, first.result({"export"}));
  CHECK(value(second.result({"react", "run"}), "set_aside") == "0");
  CHECK(messages(second) == 2);
  execute_campaign(second, "summer");
  CHECK(value(second.result({"react", "run"}), "done") == "2");
}

TEST_CASE("a program without reactions says so", "[react]") {
  const Shell shell{EVENTSTORE_ACCOUNT_EXAMPLE};
  (void)shell.result({"execute", "account-ada", "open", R"({"owner":"Ada"})"});
  CHECK(shell.result({"react", "status"}).empty());
  require_complaint(shell.run({"react", "run", "notify"}), 4, {"no such reaction; the reactions are none"});
}

TEST_CASE("a command with inline projections tells whether their documents are there", "[inline]") {
  const Shell shell{EVENTSTORE_ACCOUNT_EXAMPLE};
  const auto opened = shell.result({"execute", "--inline-projections", "balances", "--inline-projections", "accounts",
                                    "account-ada", "open", R"({"owner":"Ada"})"});
  CHECK(count_lines(opened) == 2);
  CHECK(lines_of(opened).back() == R"({"projected":true})");
  const auto paid = shell.result({"--inline-projections", "balances", "append", "account-ada"},
                                 R"({"event_type":"MoneyDeposited","event_data":{"cents":700}})");
  CHECK(value(paid, "projected") == "true");
  CHECK(sql(shell, "SELECT cents FROM balances") == Texts{"700"});
  CHECK_FALSE(shell.result({"execute", "account-ada", "deposit", R"({"cents":1})"}).empty());
  CHECK(sql(shell, "SELECT cents FROM balances") == Texts{"700"});
  require_complaint(shell.run({"execute", "--inline-projections", "sums", "account-ada", "deposit", R"({"cents":1})"}),
                    4, {"no such projection", "balances"});
}

TEST_CASE("a command beside a worker that follows does not wait to project", "[inline]") {
  const Shell shell{EVENTSTORE_ACCOUNT_EXAMPLE};
  (void)shell.result({"execute", "account-ada", "open", R"({"owner":"Ada"})"});
  const auto following = shell.start({"project", "run", "--follow"});
  (void)following->line();
  const auto paid =
      shell.result({"execute", "--inline-projections", "balances", "account-ada", "deposit", R"({"cents":700})"});
  CHECK(lines_of(paid).back() == R"({"projected":false})");
  following->signal(SIGTERM);
  CHECK(following->finish().exit_code == 0);
}
