// Projections that the program's appends bring up to date before they return.
#include <csignal>

#include "shell.hpp"

namespace inline_test {

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

const Words import_inline{"import",     "--durability",         "every_commit", "--inline-projections",
                          "deliveries", "--inline-projections", "events",       "-"};
const Words record_inline{"record",      "log_message",    "c-1",   "u-1",   "p-1",
                          "Hello",       "message_id=m-1", "--org", "org-1", "--inline-projections",
                          "message_logs"};

// A process that has brought all collections to the head of the log, and follows it.
class Following {
 public:
  explicit Following(const Shell& shell) {
    (void)shell.result({"import", "-"}, scheduled("before"));
    program_ = shell.start({"project", "run", "--follow"});
    (void)program_->line();
  }
  ~Following() {
    program_->signal(SIGTERM);
    CHECK(program_->finish().exit_code == 0);
  }
  Following(const Following&) = delete;
  Following& operator=(const Following&) = delete;

 private:
  std::unique_ptr<Program> program_;
};

}  // namespace

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

TEST_CASE("an import with inline projections has their documents when it ends", "[inline][import]") {
  const Shell shell;
  const auto imported = shell.result(import_inline, completed_delivery("d-1") + scheduled("d-2"));
  CHECK(value(imported, "appended") == "5");
  CHECK(value(imported, "projected") == "true");
  CHECK(sql(shell, "SELECT status FROM deliveries ORDER BY status") == Texts{"completed", "scheduled"});
  CHECK(sql(shell, "SELECT count(*) FROM events") == Texts{"5"});
  const auto again = shell.result(import_inline, scheduled("d-2"));
  CHECK(value(again, "already_there") == "1");
  CHECK(value(again, "projected") == "true");
}

TEST_CASE("an import beside a worker that follows appends and says that it did not project", "[inline][import]") {
  const Shell shell;
  const Following following{shell};
  const auto imported = shell.result(import_inline, scheduled("d-1"));
  CHECK(value(imported, "appended") == "1");
  CHECK(value(imported, "projected") == "false");
}

TEST_CASE("an import that does not sync every commit takes no inline projections", "[inline][import]") {
  const Shell shell;
  require_complaint(shell.run({"import", "--inline-projections", "deliveries", "-"}, scheduled("d-1")), 2,
                    {"deliveries", "every_commit"});
}

TEST_CASE("a function that records tells whether the documents of inline projections are there", "[inline][record]") {
  const Shell shell;
  CHECK(shell.result(record_inline) == "{\"message_id\":\"m-1\"}\n{\"projected\":true}\n");
  CHECK(sql(shell, "SELECT receiver_id FROM message_logs") == Texts{"p-1"});
  CHECK(shell.result({"record", "update_message_status", "m-1", "read", "--org", "org-1", "--inline-projections",
                      "message_logs"}) == "{\"changed\":true}\n{\"projected\":true}\n");
  CHECK(sql(shell, "SELECT status FROM message_logs") == Texts{"read"});
  // Nothing was appended.
  CHECK(shell.result({"record", "update_message_status", "m-1", "read", "--org", "org-1", "--inline-projections",
                      "message_logs"}) == "{\"changed\":false}\n");
}

TEST_CASE("a function that records beside a worker that follows says that it did not project", "[inline][record]") {
  const Shell shell;
  const Following following{shell};
  CHECK(shell.result(record_inline) == "{\"message_id\":\"m-1\"}\n{\"projected\":false}\n");
}

}  // namespace inline_test
