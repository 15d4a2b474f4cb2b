// A program of other people: it speaks of itself and of its own domain.
#include "shell.hpp"

namespace own_program_test {

using namespace eventstore::cli_test;

namespace {

const std::string program = std::filesystem::path{EVENTSTORE_ACCOUNT_EXAMPLE}.filename();

struct Bank : Shell {
  Bank() : Shell{EVENTSTORE_ACCOUNT_EXAMPLE} { (void)result({"execute", "account-ada", "open", R"({"owner":"Ada"})"}); }
};

}  // namespace

TEST_CASE("a program calls itself by its own name", "[own]") {
  const Bank bank;
  for (const auto& words : {Words{"bogus"}, Words{"read", "account-bob"}, Words{"stats", "--wat"}}) {
    const auto outcome = bank.run(words);
    CAPTURE(outcome.err);
    CHECK_THAT(outcome.err, Catch::StartsWith(program + ": ") && !Catch::Contains("eventstore"));
  }
  CHECK_THAT(Shell{}.run({"bogus"}).err, Catch::StartsWith("eventstore: "));
  CHECK_THAT(bank.run({"bogus"}).err, Catch::Contains("; see " + program + " --help"));
  CHECK_THAT(bank.result({"read", "--help"}), Catch::Contains("Usage: " + program + " read"));
}

TEST_CASE("help and errors have examples of the program's own categories", "[own]") {
  const Bank bank;
  for (const auto* const command : {"read", "state", "append", "execute"})
    CHECK_THAT(bank.result({command, "--help"}), Catch::Contains("like account-7") && !Catch::Contains("delivery"));
  CHECK_THAT(bank.result({"schema", "show", "--help"}), Catch::Contains("account.AccountOpened"));
  for (const auto& words : {Words{"read", "7"}, Words{"state", "7"}, Words{"execute", "7", "open"}}) {
    const auto outcome = bank.run(words);
    CHECK(outcome.exit_code == 2);
    CHECK_THAT(outcome.err, Catch::Contains("<category>-<key>; for example account-7"));
  }
}

TEST_CASE("execute lists the commands of the program with their fields", "[own]") {
  const Bank bank;
  const std::string open = "  open: opens a new stream\n    owner  text, required\n";
  const std::string deposit = "  deposit: needs an existing stream\n    cents  int64, required\n";
  for (const auto& words : {Words{"execute", "--help"}, Words{"execute", "account-ada", "--help"}})
    CHECK_THAT(bank.result(words), Catch::Contains("Commands of account:\n" + open + deposit));
  CHECK_THAT(bank.result({"execute", "account-ada", "deposit", "--help"}),
             Catch::Contains("Commands of account:\n" + deposit) && !Catch::Contains("opens a new stream"));
  const Shell shell;
  CHECK_THAT(shell.result({"execute", "campaign-1", "--help"}),
             Catch::Contains("Commands of campaign:") && !Catch::Contains("Commands of delivery:"));
  CHECK_THAT(shell.result({"query", "get_daily_stats", "--help"}),
             Catch::Contains("days         int64, default 30") && !Catch::Contains("get_hourly_stats"));
}

TEST_CASE("all fields that a command lacks are told at once", "[own]") {
  const Shell shell;
  require_complaint(shell.run({"execute", "delivery-1", "schedule", "{}"}), 2,
                    {"[customer_id]: missing field; also missing: address, scheduled_time"});
  require_complaint(shell.run({"record", "log_action", "--org", "o", "user_id=u"}), 2,
                    {"[action]: missing field; also missing: resource_type, resource_id"});
}

TEST_CASE("a day stands for its start in every option that takes a time", "[own]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  const auto at = [&](const std::string& time) {
    return value(shell.result({"state", "delivery-d-1", "--at-time", time}), "status");
  };
  CHECK(at("2026-01-28") == "in_transit");
  CHECK(at("2026-01-28") == at("2026-01-28T00:00:00Z"));
  CHECK(at("2026-01-29") == "completed");
  (void)shell.result({"project", "run"});
  const auto days = [&](const std::string& now) {
    return shell.result({"query", "get_daily_stats", "deliveries_completed", "--org", "org-1", "--now", now});
  };
  CHECK(days("2026-02-01") == days("2026-02-01T00:00:00Z"));
  CHECK(shell.run({"retain", "--drop", "--dry-run", "--before", "2020-01-01"}).exit_code == 0);
  CHECK(shell.run({"backup", shell.file("copy")}).exit_code == 0);
  CHECK(run(EVENTSTORE_PROGRAM,
            {"--store", shell.file("other"), "restore", shell.file("copy"), "--to-time", "9999-01-01"})
            .exit_code == 0);
  require_complaint(shell.run({"state", "delivery-d-1", "--at-time", "2026-02-30"}), 2,
                    {"--at-time", "no such day", "a day alone"});
}

}  // namespace own_program_test
