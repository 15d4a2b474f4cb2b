// The file of the collections is gone: the log brings it back, and nothing is done twice.
#include <csignal>

#include "documents.hpp"

namespace lost_collections_test {

using namespace eventstore::cli_test;

namespace {

// Histories of all aggregates, and a reaction's messages of today.
void fill(const Shell& shell) {
  (void)shell.result({"import", "-"}, shell.result(without_claims("800", "3")));
  (void)shell.result({"react", "run", "--from", "beginning"});
  (void)shell.result({"project", "run"});
}

// A worker that was killed leaves the files of its last transactions beside the collections.
void kill_worker(const Shell& shell) {
  const auto following = shell.start({"project", "run", "--follow"});
  (void)following->line();
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  while (value(lines_of(shell.result({"project", "status"})).back(), "behind") != "0") {
  }
  following->signal(SIGKILL);
  (void)following->finish();
}

}  // namespace

TEST_CASE("a collections file that was deleted comes back equal at the next run", "[collections]") {
  const Shell shell;
  fill(shell);
  const auto before = documents(shell);
  REQUIRE(before.size() > 1000);
  lose_collections(shell);
  CHECK(value(shell.result({"project", "status"}), "health") == "missing");
  (void)shell.result({"project", "run"});
  CHECK(difference(documents(shell), before) == "");
  CHECK(shell.run({"project", "verify"}).exit_code == 0);
}

TEST_CASE("a collections file that was deleted without the files beside it comes back equal", "[collections]") {
  const Shell shell;
  fill(shell);
  kill_worker(shell);
  REQUIRE(std::filesystem::exists(shell.store() + "/collections.sqlite-wal"));
  std::filesystem::remove(shell.store() + "/collections.sqlite");
  (void)shell.result({"project", "run"});
  const auto after = documents(shell);
  lose_collections(shell);
  (void)shell.result({"project", "run"});
  CHECK(difference(after, documents(shell)) == "");
  CHECK(sql(shell, "PRAGMA integrity_check") == std::vector<std::string>{"ok"});
}

TEST_CASE("reactions do nothing again after the collections file was deleted", "[collections][react]") {
  const Shell shell;
  fill(shell);
  const auto log = shell.result({"export"});
  lose_collections(shell);
  CHECK(value(shell.result({"react", "run"}), "done") == "0");
  (void)shell.result({"project", "run"});
  CHECK(value(shell.result({"react", "run"}), "done") == "0");
  CHECK(shell.result({"export"}) == log);
}

TEST_CASE("inline projections come back at the next append after the collections file was deleted",
          "[collections][inline]") {
  const Shell shell;
  fill(shell);
  Words append{"append", "delivery-d-9"};
  for (const auto& name : collections(shell)) append.insert(append.end(), {"--inline-projections", name});
  lose_collections(shell);
  CHECK(value(shell.result(append, scheduled("d-9")), "projected") == "true");
  const auto after = documents(shell);
  lose_collections(shell);
  (void)shell.result({"project", "run"});
  CHECK(difference(after, documents(shell)) == "");
}

}  // namespace lost_collections_test
