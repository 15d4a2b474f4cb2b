// Unique values through the program: agents have an e-mail address and a phone number of their own.
#include "shell.hpp"

namespace unique_test {

using namespace eventstore::cli_test;

namespace {

std::string profile(const std::string& email, const std::string& phone) {
  return R"({"name":"Ana Silva","phone":")" + phone + R"(","email":")" + email + R"(","password_hash":"$2b$12$)" +
         std::string(53, 'h') + R"("})";
}

Outcome enrol(const Shell& shell, const std::string& key, const std::string& email, const std::string& phone) {
  return shell.run({"execute", "agent-" + key, "register", profile(email, phone)});
}

Line registration(const std::string& key, const std::string& email, const std::string& phone) {
  return {key, "AgentRegistered", profile(email, phone), 1, "default", "agent"};
}

}  // namespace

SCENARIO("the e-mail address of an agent is refused to another one", "[unique]") {
  const Shell shell;
  const auto first = enrol(shell, "a", "ana@example.org", "+351912345678");
  CHECK(first.exit_code == 0);
  CHECK(count_lines(first.out) == 1);
  const auto before = shell.result({"export"});
  const auto second = enrol(shell, "b", "Ana@Example.ORG", "+351912345679");
  require_complaint(second, 5, {"not_unique", "agent-b", "another agent has this email: give this one another"});
  CHECK(second.err.find("xample") == std::string::npos);
  CHECK(second.err.find("agent-a") == std::string::npos);
  require_complaint(enrol(shell, "b", "bea@example.org", "+351 912 345 678"), 5, {"another agent has this phone"});
  CHECK(shell.result({"export"}) == before);

  CHECK(shell.run({"execute", "agent-a", "change_profile", R"({"email":"new@example.org"})"}).exit_code == 0);
  CHECK(enrol(shell, "b", "ana@example.org", "+351912345679").exit_code == 0);
}

SCENARIO("a customer may have the phone of an agent and not that of another customer", "[unique]") {
  const Shell shell;
  CHECK(enrol(shell, "a", "ana@example.org", "+351912345678").exit_code == 0);
  const auto customer = [&](const std::string& key) {
    return shell.run({"execute", "customer-" + key, "register", R"({"name":"Ana","phone":"+351912345678"})"});
  };
  CHECK(customer("1").exit_code == 0);
  require_complaint(customer("2"), 5, {"another customer has this phone"});
  CHECK(shell.run({"execute", "customer-1", "erase"}).exit_code == 0);
  CHECK(customer("2").exit_code == 0);
}

SCENARIO("the values of an erased person can be taken again", "[unique][subject]") {
  const Shell shell;
  CHECK(enrol(shell, "a", "ana@example.org", "+351912345678").exit_code == 0);
  CHECK(enrol(shell, "b", "ana@example.org", "+351912345679").exit_code == 5);
  CHECK(shell.run({"subject", "erase", "a"}).exit_code == 0);
  CHECK(enrol(shell, "b", "ana@example.org", "+351912345678").exit_code == 0);
  CHECK(shell.run({"claims", "--check"}).exit_code == 0);
}

SCENARIO("claims are streams like any other", "[unique]") {
  const Shell shell;
  CHECK(enrol(shell, "a", "ana@example.org", "+351912345678").exit_code == 0);
  const auto streams = values(shell.result({"streams", "--category", "claim"}), "stream");
  REQUIRE(streams.size() == 2);
  CHECK(streams[0].starts_with("claim-agents.email:"));
  CHECK(shell.result({"state", streams[0]}).find(R"("owner":"agent-a")") != std::string::npos);
  CHECK(shell.run({"blame", streams[0]}).exit_code == 0);
  CHECK(shell.run({"log", streams[0]}).exit_code == 0);
  CHECK(count_lines(shell.result({"read", streams[0]})) == 1);
  CHECK(shell.run({"stats"}).exit_code == 0);
  CHECK(shell.run({"project", "run"}).exit_code == 0);
  CHECK(sql(shell, "SELECT count(*) FROM events WHERE aggregate_type = 'claim'") == std::vector<std::string>{"2"});
  CHECK(shell.run({"schema", "list"}).exit_code == 0);
  CHECK(shell.run({"verify"}).exit_code == 0);
}

SCENARIO("an import tells duplicates and claims the rest", "[unique][import]") {
  const Shell shell;
  const auto lines = to_line(registration("a", "ana@example.org", "+351912345678")) +
                     to_line(registration("b", "ANA@example.org", "+351912345679"));
  const auto imported = shell.run({"import", "-"}, lines);
  CHECK(imported.exit_code == 0);
  CHECK(value(imported.out, "appended") == "2");
  CHECK(value(imported.out, "duplicates") == "1");
  CHECK(imported.err.find("duplicate: line 2: another stream has the email of agent-b") != std::string::npos);
  CHECK(imported.err.find("xample") == std::string::npos);
  CHECK(value(shell.result({"import", "-"}, lines), "already_there") == "2");

  const auto claims = shell.run({"claims"});
  CHECK(claims.exit_code == 1);
  CHECK(lines_of(claims.out) ==
        std::vector<std::string>{
            R"({"finding":"duplicate","stream":"agent-b","field":"email","held_by":"agent-a"})",
            R"({"streams":2,"claims":3,"made":0,"released":0,"duplicates":1,"missing":0,"stale":0})"});
  CHECK(shell.run({"execute", "agent-b", "change_profile", R"({"email":"bea@example.org"})"}).exit_code == 0);
  CHECK(shell.run({"claims"}).exit_code == 0);
}

SCENARIO("made-up agents and customers can be imported", "[generate]") {
  GIVEN("lines of agents, who have secrets, and of customers") {
    const Shell shell;
    const auto lines = shell.result({"generate", "--category", "agent", "--category", "customer", "--events", "200"});
    WHEN("they are imported") {
      const auto outcome = shell.run({"import", "-"}, lines);
      THEN("all of them are in the store") { CHECK(value(outcome.out, "appended") == "200"); }
    }
  }
}

}  // namespace unique_test
