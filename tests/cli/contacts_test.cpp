// Contacts and chatbots through the program: a phone belongs to one contact, and who is erased is gone from what a
// chatbot was told.
#include "shell.hpp"

namespace contacts_test {

using namespace eventstore::cli_test;

namespace {

Outcome execute(const Shell& shell, const std::string& stream, const std::string& command, const std::string& data) {
  return shell.run({"execute", stream, command, data, "--org", "org-1"});
}

}  // namespace

SCENARIO("the phone of a contact is its own until the contact is deleted", "[contact][unique]") {
  const Shell shell;
  CHECK(execute(shell, "contact-p-1", "create", R"({"name":"Ana","phone":"+351 912 345 678"})").exit_code == 0);
  require_complaint(execute(shell, "contact-p-2", "create", R"({"phone":"+351-912-345-678"})"), 5,
                    {"not_unique", "another contact has this phone"});
  CHECK(shell.run({"execute", "contact-p-3", "create", R"({"phone":"+351912345678"})", "--org", "org-2"}).exit_code ==
        0);
  CHECK(execute(shell, "contact-p-1", "opt_out", R"({"channel":"sms","reason":"STOP"})").exit_code == 0);
  CHECK(execute(shell, "contact-p-1", "delete", "{}").exit_code == 0);
  CHECK(execute(shell, "contact-p-2", "create", R"({"phone":"+351912345678"})").exit_code == 0);
  CHECK(shell.run({"project", "run"}).exit_code == 0);
  CHECK(sql(shell,
            "SELECT aggregate_id, opted_out, deleted FROM contacts WHERE organization_id = 'org-1' AND phone = "
            "'+351912345678' ORDER BY 1") == std::vector<std::string>{R"(p-1|["sms"]|1)", "p-2|[]|0"});
  CHECK(shell.run({"claims", "--check"}).exit_code == 0);
}

SCENARIO("what a contact told a chatbot goes with the contact", "[chatbot][subject]") {
  const Shell shell;
  CHECK(execute(shell, "chatbot-b-1", "create", R"({"name":"Front desk"})").exit_code == 0);
  CHECK(execute(shell, "chatbot-b-1", "execute",
                R"({"conversation_id":"c-1","contact_id":"p-1","input":"planted-one","output":"planted-two"})")
            .exit_code == 0);
  CHECK(execute(shell, "chatbot-b-1", "execute", R"({"conversation_id":"c-2","input":"planted-three"})").exit_code ==
        0);
  const auto told = [&] { return shell.result({"read", "chatbot-b-1"}); };
  CHECK(told().find("planted-one") != std::string::npos);
  CHECK(shell.run({"subject", "erase", "p-1", "--org", "org-1"}).exit_code == 0);
  CHECK(told().find("planted-one") == std::string::npos);
  CHECK(told().find("planted-two") == std::string::npos);
  CHECK(told().find("planted-three") != std::string::npos);
  CHECK(shell.run({"subject", "erase", "c-2", "--org", "org-1"}).exit_code == 0);
  CHECK(told().find("planted") == std::string::npos);
  CHECK(value(shell.result({"state", "chatbot-b-1"}), "executions") == "2");
}

SCENARIO("histories of the calendar assistant and of contacts are made up and imported", "[generate]") {
  const Shell shell;
  const auto lines = shell.result({"generate", "--category", "user", "--category", "calendar_event", "--category",
                                   "session", "--category", "assistant_run", "--category", "contact", "--category",
                                   "chatbot", "--events", "600"});
  CHECK(value(shell.run({"import", "-"}, lines).out, "appended") == "600");
  CHECK(shell.run({"project", "run"}).exit_code == 0);
  CHECK(sql(shell,
            "SELECT count(*) > 0 FROM calendar_events JOIN users ON users.aggregate_id = user_id AND "
            "users.organization_id = calendar_events.organization_id") == std::vector<std::string>{"1"});
  for (const char* const table : {"users", "calendar_events", "sessions", "agent_logs", "contacts", "chatbots"}) {
    CAPTURE(table);
    CHECK(sql(shell, std::string{"SELECT count(*) > 0 FROM "} + table) == std::vector<std::string>{"1"});
  }
}

}  // namespace contacts_test
