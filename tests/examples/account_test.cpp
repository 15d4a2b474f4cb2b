#include <cli/shell.hpp>

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

// An account with 700 cents after two events more.
void fill(const Shell& shell) {
  (void)shell.result({"execute", "account-1", "open", R"({"owner":"Ada"})"});
  (void)shell.result({"execute", "account-1", "deposit", R"({"cents":1000})"});
  (void)shell.result({"execute", "account-1", "withdraw", R"({"cents":300})"});
}

}  // namespace

SCENARIO("sixty lines of a domain have the whole command line", "[account]") {
  GIVEN("an account that was opened, paid into and drawn from") {
    const Shell shell;
    fill(shell);
    THEN("its state shows, as it is and as it was") {
      CHECK(value(shell.result({"state", "account-1"}), "cents") == "700");
      CHECK(value(shell.result({"state", "account-1"}), "limit") == "500");
      CHECK(value(shell.result({"state", "account-1", "--at-version", "2"}), "cents") == "1000");
    }
    THEN("the domain refuses what it must") {
      require_complaint(shell.run({"execute", "account-1", "withdraw", R"({"cents":2000})"}), 5,
                        {"refused", "account-1", "not enough money"});
      CHECK(value(shell.result({"stats"}), "events") == "3");
    }
    THEN("its events can be read, exported and imported") {
      CHECK(values(shell.result({"read", "account-1"}), "event_type") ==
            Texts{"AccountOpened", "MoneyDeposited", "MoneyWithdrawn"});
      const Shell other;
      CHECK(value(other.result({"import", "-"}, shell.result({"export"})), "appended") == "3");
      CHECK(other.result({"export"}) == shell.result({"export"}));
    }
    THEN("its collection is made and can be asked in SQL") {
      CHECK(value(shell.result({"project", "run"}), "events") == "3");
      CHECK(sql(shell, "SELECT cents FROM balances") == Texts{"700"});
      CHECK(value(shell.result({"project", "status"}), "health") == "live");
      (void)shell.result({"execute", "account-1", "deposit", R"({"cents":1})"});
      CHECK(value(shell.result({"project", "run"}), "events") == "1");
      CHECK(sql(shell, "SELECT organization_id, cents FROM balances") == Texts{"default|701"});
      CHECK(value(shell.result({"project", "rebuild", "balances"}), "position") == "4");
      CHECK(sql(shell, "SELECT cents FROM balances") == Texts{"701"});
    }
    THEN("the ready-made collections are made beside it") {
      (void)shell.result({"project", "run"});
      CHECK(sql(shell, "SELECT aggregate_id, cents, version FROM accounts") == Texts{"1|700|3"});
      CHECK(sql(shell, "SELECT action, changes FROM audit_logs ORDER BY position").back() ==
            R"(update|{"before":{"cents":1000},"after":{"cents":700}})");
      CHECK(sql(shell, "SELECT metric_type, value, count FROM analytics") == Texts{"cents_deposited|1000.0|1"});
      CHECK(sql(shell, "SELECT event_type FROM events ORDER BY position") ==
            Texts{"AccountOpened", "MoneyDeposited", "MoneyWithdrawn"});
    }
    THEN("what it does not have is said") {
      require_complaint(shell.run({"generate"}), 4, {"make_up"});
      require_complaint(shell.run({"query", "anything", "--org", "o"}), 4, {"anything", "none"});
      require_complaint(shell.run({"execute", "account-1", "steal"}), 4, {"steal", "open, deposit, withdraw"});
    }
  }
}
