// Persons, their keys and what is told about them: subject, keys, project run.
#include <sqlite3.h>
#include <sys/stat.h>

#include <fstream>

#include "shell.hpp"

namespace subject_test {

using namespace eventstore::cli_test;

namespace {

void enrol(const Shell& shell, const std::string& key, const std::string& phone) {
  const auto profile = R"({"name":"Ana Silva","phone":")" + phone + R"(","email":")" + key +
                       R"(@example.org","password_hash":"$2b$12$)" + std::string(53, 'h') + R"("})";
  REQUIRE(shell.run({"execute", "agent-" + key, "register", profile}).exit_code == 0);
}

void change_file(const std::string& file, const std::string& sql) {
  sqlite3* opened = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &opened) == SQLITE_OK);
  CHECK(sqlite3_exec(opened, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(opened);
}

}  // namespace

SCENARIO("a person whose key was lost is named and can be given up", "[subject]") {
  const Shell shell;
  enrol(shell, "a", "+351912345678");
  enrol(shell, "b", "+351912345679");
  CHECK_THAT(shell.run({"keys", "status"}).out, Catch::Contains(R"("missing_keys":0)"));
  CHECK(shell.run({"keys", "missing"}).exit_code == 0);
  change_file(shell.store() + "/keys/keys.sqlite", "DELETE FROM keys WHERE subject = 'a'");

  CHECK_THAT(shell.run({"keys", "status"}).out,
             Catch::Contains(R"("missing_keys":1)") && Catch::Contains("subject erase"));
  const auto missing = shell.run({"keys", "missing"});
  CHECK(missing.exit_code == 1);
  CHECK(count_lines(missing.out) == 1);
  CHECK_THAT(missing.out, Catch::Contains(R"("subject":"a")") && Catch::Contains(R"("stream":"agent-a")"));
  require_complaint(shell.run({"state", "agent-a"}), 1, {"missing_key", "`subject erase a`"});
  require_complaint(shell.run({"all"}), 1, {"missing_key", "`subject erase a`"});

  const auto erased = shell.run({"subject", "erase", "a"});
  CHECK(erased.exit_code == 0);
  CHECK_THAT(erased.out, Catch::Contains(R"("lost_keys":1)"));
  CHECK(shell.run({"keys", "missing"}).out.empty());
  CHECK_THAT(shell.run({"state", "agent-a"}).out, Catch::Contains(R"("name":"erased")"));
  CHECK_THAT(shell.run({"all"}).out, Catch::Contains("Ana Silva") && Catch::Contains(R"("name":"erased")"));
}

SCENARIO("an erasure that leaves a collection is told by each opening for writing and ended by project run",
         "[subject]") {
  const Shell shell;
  enrol(shell, "a", "+351912345678");
  enrol(shell, "b", "+351912345679");
  REQUIRE(shell.run({"project", "run"}).exit_code == 0);
  const auto collections = shell.store() + "/collections.sqlite";
  change_file(collections,
              "CREATE TABLE strangers AS SELECT * FROM agents; CREATE TEMP TABLE c AS SELECT * FROM _checkpoints WHERE "
              "collection = 'agents'; UPDATE c SET "
              "collection = 'strangers'; INSERT INTO _checkpoints SELECT * FROM c");
  const auto erased = shell.run({"subject", "erase", "a"});
  CHECK(erased.exit_code == 1);
  CHECK_THAT(erased.err, Catch::Contains("strangers"));
  CHECK_THAT(shell.run({"keys", "status"}).out, Catch::Contains(R"("unfinished_erasures":1)"));
  const auto opened = shell.run({"execute", "agent-b", "deactivate"});
  CHECK(opened.exit_code == 0);
  CHECK(count_lines(opened.err) == 1);
  CHECK_THAT(opened.err, Catch::Contains("the erasure of a is not finished") && Catch::Contains("strangers") &&
                             Catch::Contains("project run"));
  const auto run = shell.run({"project", "run"});
  CHECK(run.exit_code == 1);
  CHECK_THAT(run.err, Catch::Contains("strangers"));
  change_file(collections, "DROP TABLE strangers; DELETE FROM _checkpoints WHERE collection = 'strangers'");
  CHECK(shell.run({"project", "run"}).exit_code == 0);
  CHECK_THAT(shell.run({"keys", "status"}).out, Catch::Contains(R"("unfinished_erasures":0)"));
}

SCENARIO("an erased agent has no place and no value that was never there is called erased", "[subject]") {
  const Shell shell;
  enrol(shell, "a", "+351912345678");
  enrol(shell, "b", "+351912345679");
  REQUIRE(shell.run({"execute", "agent-a", "locate", R"({"longitude":-9.14,"latitude":38.72})"}).exit_code == 0);
  REQUIRE(shell.run({"subject", "erase", "a"}).exit_code == 0);
  REQUIRE(shell.run({"subject", "erase", "b"}).exit_code == 0);
  REQUIRE(shell.run({"project", "run"}).exit_code == 0);
  CHECK_THAT(shell.run({"state", "agent-a"}).out, Catch::Contains(R"("current_location":"erased")"));
  CHECK_THAT(shell.run({"state", "agent-b"}).out, !Catch::Contains("current_location"));
  CHECK_THAT(shell.run({"state", "agent-b"}).out, Catch::Contains(R"("name":"erased")"));
  CHECK(sql(shell, "SELECT coalesce(current_location, 'none') FROM agents") ==
        std::vector<std::string>{"none", "none"});
}

SCENARIO("a master key that is set to nothing is one clear line", "[subject][keys]") {
  const Shell shell;
  enrol(shell, "a", "+351912345678");
  ::setenv("EVENTSTORE_MASTER_KEY", "", 1);
  const auto refused = shell.run({"state", "agent-a"});
  ::unsetenv("EVENTSTORE_MASTER_KEY");
  require_complaint(refused, 2, {"EVENTSTORE_MASTER_KEY", "it is set and empty"});
  CHECK(count_lines(refused.err) == 1);
}

SCENARIO("a pipe with the name of a segment is refused and not waited for", "[subject]") {
  const Shell shell;
  enrol(shell, "a", "+351912345678");
  const auto pipe = shell.store() + "/segments/0000000000000002.log";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const auto opened = shell.run({"state", "agent-a"});
  CHECK(opened.exit_code == 1);
  CHECK(count_lines(opened.err) == 1);
  CHECK_THAT(opened.err, Catch::Contains("a regular file is needed"));
}

SCENARIO("secrets can be asked for by no command", "[subject][secrets]") {
  const Shell shell;
  enrol(shell, "a", "+351912345678");
  require_complaint(shell.run({"bisect", "agent-a", "event.data.password_hash == \"x\""}), 2,
                    {"secrets cannot be asked for"});
  require_complaint(shell.run({"what-if", "agent-a", "--replace", "1",
                               R"({"name":"Ana","phone":"+1","email":"a@example.org","password_hash":"guess"})"}),
                    2, {"password_hash", "secrets cannot be asked for"});
}

}  // namespace subject_test
