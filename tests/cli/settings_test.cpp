// Settings of the real program: its words, its environment and `.env` in the working folder.
#include <sys/stat.h>
#include <unistd.h>
#include <filesystem>

#include "shell.hpp"

namespace settings_test {

using namespace eventstore::cli_test;

namespace {

// The program runs in the shell's folder.
class WorkingFolder {
 public:
  explicit WorkingFolder(const Shell& shell) : before_{std::filesystem::current_path()} {
    std::filesystem::current_path(shell.file("."));
  }
  ~WorkingFolder() { std::filesystem::current_path(before_); }
  WorkingFolder(const WorkingFolder&) = delete;
  WorkingFolder& operator=(const WorkingFolder&) = delete;

 private:
  std::filesystem::path before_;
};

// A shell whose stores have no master key in the environment.
class KeylessShell : public Shell {
 public:
  KeylessShell() { ::unsetenv("EVENTSTORE_MASTER_KEY"); }
};

// The line of the setting, of `eventstore settings`.
std::string line_of(const std::string& text, const std::string& name) {
  for (const auto& line : lines_of(text))
    if (value(line, "name") == name) return line;
  return {};
}

void write_env(const Shell& shell, const std::string& text) {
  REQUIRE(::chmod(shell.write(".env", text).c_str(), 0600) == 0);
}

}  // namespace

TEST_CASE("the working folder's file names the store unless the environment or a word does", "[settings]") {
  const Shell shell;
  const WorkingFolder here{shell};
  (void)shell.result({"import", "-"}, scheduled("d-1"));
  const auto events = shell.result({"all"});
  write_env(shell, "# of the shop\nexport EVENTSTORE_DIR='" + shell.store() + "'\n");
  CHECK(run(EVENTSTORE_PROGRAM, {"all"}).out == events);
  CHECK(run(EVENTSTORE_PROGRAM, {"all", "--store", shell.file("other")}).exit_code == 4);
  ::setenv("EVENTSTORE_DIR", shell.file("third").c_str(), 1);
  const auto by_environment = run(EVENTSTORE_PROGRAM, {"all"});
  ::unsetenv("EVENTSTORE_DIR");
  CHECK(by_environment.exit_code == 4);
}

TEST_CASE("the list names the place of each value and hides secrets", "[settings]") {
  const KeylessShell shell;
  const WorkingFolder here{shell};
  write_env(shell, "DB_MAX_RETRIES=7\nEVENTSTORE_MASTER_KEY=\"0123deadbeef\"\nEVENTSTORE_KEEP_DELIVERIES=30\n");
  ::setenv("DB_RETRY_DELAY", "250", 1);
  const auto listed = shell.result({"settings"});
  ::unsetenv("DB_RETRY_DELAY");
  const auto is = [&](const char* name, const char* its_value, const char* from) {
    const auto line = line_of(listed, name);
    CAPTURE(name, line);
    CHECK(value(line, "value") == its_value);
    CHECK(value(line, "from") == from);
    CHECK_FALSE(value(line, "meaning").empty());
  };
  is("DB_MAX_RETRIES", "7", ".env");
  is("DB_RETRY_DELAY", "250", "environment");
  is("DB_LOG_BATCH_SIZE", "10", "default");
  is("EVENTSTORE_DIR", shell.store().c_str(), "command line");
  is("EVENTSTORE_MASTER_KEY", "set", ".env");
  is("EVENTSTORE_KEEP_DELIVERIES", "30", ".env");
  is("EVENTSTORE_KEEP_MESSAGE_LOGS", "90", "default");
  is("MONGODB_COLLECTION_AUDIT", "appointment_audit_log", "default");
  CHECK_THAT(listed, !Catch::Contains("deadbeef"));
}

TEST_CASE("a setting of a worker in the file is obeyed or refused by its name", "[settings]") {
  const Shell shell;
  const WorkingFolder here{shell};
  (void)shell.result({"import", "-"}, scheduled("d-1"));
  write_env(shell, "DB_MAX_RETRIES=many\n");
  require_complaint(shell.run({"project", "run"}), 2, {"DB_MAX_RETRIES", "0 to 1000"});
  write_env(shell, "DB_MAX_RETRIES=1\n");
  (void)shell.result({"project", "run"});
}

TEST_CASE("the master key of the file opens a store that the environment's does", "[settings]") {
  const Shell shell;
  const WorkingFolder here{shell};
  const std::string key(64, 'a');
  ::setenv("EVENTSTORE_MASTER_KEY", key.c_str(), 1);
  (void)shell.result(
      {"execute", "customer-c-1", "register", R"({"name":"Ada","phone":"+4915112345678"})", "--org", "org-1"});
  ::unsetenv("EVENTSTORE_MASTER_KEY");
  CHECK(shell.run({"state", "customer-c-1"}).exit_code == 1);
  write_env(shell, "EVENTSTORE_MASTER_KEY=" + key + "\n");
  CHECK_THAT(shell.result({"state", "customer-c-1"}), Catch::Contains("Ada"));
}

TEST_CASE("a line that is none ends every command with its place", "[settings]") {
  const Shell shell;
  const WorkingFolder here{shell};
  write_env(shell, "A=1\n\nEVENTSTORE_MASTER_KEY deadbeef\n");
  const auto outcome = shell.run({"streams"});
  require_complaint(outcome, 2, {".env, line 3", "NAME=value"});
  CHECK_THAT(outcome.err, !Catch::Contains("deadbeef"));
}

TEST_CASE("a shift is to another day by the clocks of the organization", "[settings]") {
  const Shell shell;
  const WorkingFolder here{shell};
  const std::string appointment = R"({"session_id":"s","caller_id":"c","processing_time":1,)";
  const auto run = [&](const std::string& org, const std::string& command, const std::string& data) {
    return shell.run({"execute", "appointment-" + org, command, appointment + data, "--org", org});
  };
  const std::string nine_in_the_evening = R"("start":"2026-01-27T02:00:00Z","end":"2026-01-27T03:00:00Z"})";
  const std::string next_morning = R"("start":"2026-01-27T14:00:00Z","end":"2026-01-27T15:00:00Z"})";
  for (const std::string org : {"org-1", "org-2"})
    REQUIRE(run(org, "create", R"("summary":"Check-up",)" + nine_in_the_evening).exit_code == 0);
  write_env(shell, "EVENTSTORE_TIMEZONE_ORG_1=America/New_York\n");
  CHECK_THAT(run("org-1", "shift", next_morning).out, Catch::Contains(R"("shift_type":"different-day")"));
  CHECK_THAT(run("org-2", "shift", next_morning).out, Catch::Contains(R"("shift_type":"same-day")"));
  write_env(shell, "EVENTSTORE_TIMEZONE_ORG_1=New York\n");
  require_complaint(run("org-1", "shift", nine_in_the_evening), 2, {"EVENTSTORE_TIMEZONE_ORG_1", "Europe/Berlin"});
}

TEST_CASE("a misspelt setting is one warning and no failure", "[settings]") {
  const Shell shell;
  const WorkingFolder here{shell};
  (void)shell.result({"import", "-"}, scheduled("d-1"));
  write_env(shell, "EVENTSTORE_KEEP_DELIVERYS=30\nEVENTSTORE_KEEP_DELIVERIES=30\nEVENTSTORE_TIMEZONE_X=UTC\nOTHER=1\n");
  ::setenv("EVENTSTORE_MASTER_KEY_FLIE", "/etc/key", 1);
  const auto outcome = shell.run({"streams"});
  ::unsetenv("EVENTSTORE_MASTER_KEY_FLIE");
  CHECK(outcome.exit_code == 0);
  CHECK(count_lines(outcome.out) == 1);
  REQUIRE(count_lines(outcome.err) == 2);
  CHECK_THAT(outcome.err, Catch::Contains("warning: EVENTSTORE_MASTER_KEY_FLIE") &&
                              Catch::Contains("did you mean EVENTSTORE_MASTER_KEY_FILE?") &&
                              Catch::Contains("did you mean EVENTSTORE_KEEP_DELIVERIES?") &&
                              !Catch::Contains("/etc/key"));
}

TEST_CASE("a file with the master key that everybody may read is one warning", "[settings]") {
  const KeylessShell shell;
  const WorkingFolder here{shell};
  const auto path = shell.write(".env", "EVENTSTORE_MASTER_KEY=deadbeef\n");
  REQUIRE(::chmod(path.c_str(), 0644) == 0);
  const auto outcome = shell.run({"settings"});
  CHECK(outcome.exit_code == 0);
  CHECK(count_lines(outcome.err) == 1);
  CHECK_THAT(outcome.err, Catch::Contains("chmod 600") && !Catch::Contains("deadbeef"));
}

}  // namespace settings_test
