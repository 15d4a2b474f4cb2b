// Several workers at once, and their ends, as the system sees them.
#include "shell.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>

namespace workers_test {

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

std::string first_status(const Shell& shell) { return lines_of(shell.result({"project", "status"})).at(0); }

// Asks until somebody stands by.
std::string standby_of(const Shell& shell) {
  for (std::string status;;) {
    status = first_status(shell);
    if (auto standby = value(status, "standby"); !standby.empty()) return standby;
  }
}

}  // namespace

TEST_CASE("a second worker stands by and takes over when the first is killed", "[project][workers]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, scheduled("d-1"));
  const auto first = shell.start({"project", "run", "--follow"});
  CHECK(value(first->line().value_or(""), "events") == "1");
  const auto second = shell.start({"project", "run", "--follow"});
  const auto standby = standby_of(shell);
  const auto worker = value(first_status(shell), "worker");
  CHECK_FALSE(worker.empty());
  CHECK(worker != standby);
  (void)shell.result({"import", "-"}, scheduled("d-2"));
  first->signal(SIGKILL);
  CHECK(first->finish().exit_code == 128 + SIGKILL);
  CHECK(value(second->line().value_or(""), "position") == "2");
  CHECK(value(first_status(shell), "worker") == standby);
  CHECK(value(first_status(shell), "standby").empty());
  CHECK(sql(shell, "SELECT count(*) FROM deliveries") == Texts{"2"});
  second->signal(SIGTERM);
  const auto ended = second->finish();
  CHECK(ended.exit_code == 0);
  CHECK(count_lines(ended.err) == 1);
  CHECK_THAT(ended.err,
             Catch::Contains("process " + worker + " brings the collections up to date; this one stands by"));
}

TEST_CASE("a run beside a worker that follows finds everything done", "[project][workers]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, scheduled("d-1"));
  const auto following = shell.start({"project", "run", "--follow"});
  (void)following->line();
  (void)shell.result({"import", "-"}, scheduled("d-2"));
  const auto run = shell.result({"project", "run"});
  CHECK(value(run, "position") == "2");
  CHECK(sql(shell, "SELECT count(*) FROM deliveries") == Texts{"2"});
  following->signal(SIGINT);
  CHECK(following->finish().exit_code == 0);
}

TEST_CASE("workers that are killed again and again leave what an undisturbed run makes", "[project][workers][kill]") {
  const Shell calm;
  const auto events = calm.result(without_claims("3000", "7"));
  (void)calm.result({"import", "-"}, events);
  (void)calm.result({"project", "run"});
  const Shell shell;
  (void)shell.result({"import", "-"}, events);
  auto working = shell.start({"project", "run", "--follow"});
  for (int round = 0; round < 5; ++round) {
    auto next = shell.start({"project", "run", "--follow"});
    (void)first_status(shell);
    working->signal(SIGKILL);
    working = std::move(next);
  }
  CHECK(value(working->line().value_or(""), "position") == "3000");
  for (const auto* const table : {"events", "audit_logs", "analytics", "deliveries"}) {
    const auto all = "SELECT * FROM " + std::string{table} + " ORDER BY _id";
    CHECK((sql(shell, all) == sql(calm, all)));
  }
}

TEST_CASE("project health ends with an error while a collection is unwell", "[project][workers]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  const auto before = shell.run({"project", "health"});
  CHECK(before.exit_code == 1);
  CHECK(values(before.out, "health") == Texts(21, "missing"));
  (void)shell.result({"project", "run"});
  const auto well = shell.run({"project", "health"});
  CHECK(well.exit_code == 0);
  CHECK(well.out.empty());
  (void)shell.result({"import", "-"}, scheduled("d-2"));
  CHECK(shell.run({"project", "health"}).exit_code == 0);
  const auto late = shell.run({"project", "health", "--behind-seconds-max", "60"});
  CHECK(late.exit_code == 1);
  CHECK(values(late.out, "behind") == Texts(21, "1"));
}

TEST_CASE("a broken checkpoint is one line of project status and the other collections go on", "[project][workers]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  (void)shell.result({"project", "run"});
  (void)sql(shell, "UPDATE _checkpoints SET store_id = 'none' WHERE collection = 'analytics'");
  (void)shell.result({"import", "-"}, scheduled("d-2"));
  const auto run = shell.run({"project", "run"});
  CHECK(run.exit_code == 1);
  CHECK(count_lines(run.err) == 1);
  CHECK_THAT(run.err, Catch::Contains("analytics is failed: "));
  const auto status = shell.result({"project", "status"});
  const auto health = values(status, "health");
  CHECK(std::count(health.begin(), health.end(), "failed") == 1);
  CHECK(std::count(health.begin(), health.end(), "live") == 20);
}

TEST_CASE("a setting of workers that is no number is named", "[project][workers]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, scheduled("d-1"));
  ::setenv("DB_MAX_RETRIES", "often", 1);
  const auto refused = shell.run({"project", "run"});
  ::unsetenv("DB_MAX_RETRIES");
  require_complaint(refused, 2, {"DB_MAX_RETRIES", "often", "from 0 to 1000"});
}

}  // namespace workers_test
