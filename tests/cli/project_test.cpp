#include "shell.hpp"

#include <algorithm>
#include <csignal>
#include <utility>

namespace project_test {

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

}  // namespace

SCENARIO("project run fills the collections and goes on from there", "[project]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1") + completed_delivery("d-2", "org-2"));
  const auto run = shell.result({"project", "run"});
  CHECK(value(run, "events") == "8");
  CHECK(value(run, "position") == "8");
  CHECK(sql(shell, "SELECT count(*) FROM events") == Texts{"8"});
  CHECK(sql(shell, "SELECT status, version FROM deliveries WHERE organization_id = 'org-2'") == Texts{"completed|4"});
  CHECK(value(shell.result({"project", "run"}), "events") == "0");
  (void)shell.result({"import", "-"}, scheduled("d-3"));
  CHECK(value(shell.result({"project", "run"}), "events") == "1");
  CHECK(sql(shell, "SELECT count(*) FROM deliveries") == Texts{"3"});
}

TEST_CASE("project status says how far each collection is", "[project]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  const auto before = shell.result({"project", "status"});
  CHECK(count_lines(before) == 21);
  CHECK(values(before, "behind") == Texts(21, "4"));
  (void)shell.result({"project", "run"});
  (void)shell.result({"import", "-"}, scheduled("d-2"));
  const auto after = shell.result({"project", "status"});
  CHECK(values(after, "behind") == Texts(21, "1"));
  CHECK(values(after, "health") == Texts(21, "live"));
  CHECK_THAT(
      after,
      Catch::Contains(
          R"({"projection":"deliveries","health":"live","position":4,"behind":1,"documents":1,"behind_seconds":)"));
}

TEST_CASE("collections that were deleted come back from the log", "[project]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, shell.result(without_claims("2000")));
  (void)shell.result({"project", "run"});
  const auto content = [&] { return sql(shell, "SELECT * FROM audit_logs ORDER BY _id"); };
  const auto before = content();
  for (const auto* const file : {"collections.sqlite", "collections.sqlite-wal", "collections.sqlite-shm"})
    std::filesystem::remove(std::filesystem::path{shell.store()} / file);
  CHECK(value(shell.result({"project", "run"}), "events") == "2000");
  CHECK((content() == before));
}

TEST_CASE("project run takes the named projections alone", "[project]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  (void)shell.result({"project", "run", "deliveries", "events"});
  const auto behind = values(shell.result({"project", "status"}), "behind");
  CHECK(std::count(behind.begin(), behind.end(), "0") == 2);
  const auto outcome = shell.run({"project", "run", "parcels"});
  require_complaint(outcome, 4, {"not_found", "parcels", "message_logs", "deliveries"});
}

TEST_CASE("project rebuild makes the same documents anew", "[project]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, shell.result(without_claims("2000")));
  (void)shell.result({"project", "run"});
  const auto content = [&] { return sql(shell, "SELECT * FROM analytics ORDER BY _id"); };
  const auto before = content();
  (void)sql(shell, "UPDATE analytics SET value = value + 1");
  CHECK(value(shell.result({"project", "rebuild", "analytics"}), "events") == "2000");
  CHECK((content() == before));
  require_complaint(shell.run({"project", "rebuild", "parcels"}), 4, {"not_found", "parcels", "analytics"});
}

TEST_CASE("project rebuild shows what would differ and takes back what it did", "[project]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, shell.result(without_claims("500")));
  (void)shell.result({"project", "run"});
  const auto content = [&] { return sql(shell, "SELECT * FROM analytics ORDER BY _id"); };
  const auto right = content();
  (void)sql(shell, "UPDATE analytics SET count = count + 1");
  const auto wrong = content();
  const auto refused = shell.run({"project", "rebuild", "analytics", "--expect-same"});
  CHECK(refused.exit_code == 1);
  CHECK(value(refused.out, "live") == "before");
  CHECK(value(refused.out, "field") == "count");
  CHECK_THAT(refused.err, Catch::Contains("documents would differ: analytics"));
  const auto others = shell.run({"project", "rebuild", "deliveries", "analytics", "events", "--expect-same"});
  CHECK(others.exit_code == 1);
  CHECK(values(others.out, "live") == Texts{"rebuilt", "before", "rebuilt"});
  CHECK(value(shell.result({"project", "rebuild", "analytics", "--compare-only"}), "live") == "before");
  CHECK((content() == wrong));
  CHECK(value(shell.result({"project", "rebuild", "analytics"}), "events") == "0");
  CHECK((content() == right));
  CHECK(value(shell.result({"project", "rebuild", "analytics", "--rollback"}), "live") == "back");
  CHECK((content() == wrong));
  CHECK(shell.result({"project", "rebuild", "--stale"}).empty());
  CHECK(values(shell.result({"project", "rebuild", "--all"}), "live").size() ==
        values(shell.result({"project", "status"}), "health").size());
  require_complaint(shell.run({"project", "rebuild"}), 2, {"invalid_argument", "`stale`", "`all`"});
}

TEST_CASE("project rebuild makes the documents of a stream or an organization again in place", "[project]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1") + completed_delivery("d-2", "org-2"));
  (void)shell.result({"project", "run"});
  const auto content = [&] {
    return std::pair{sql(shell, "SELECT _id, aggregate_id, status, version FROM deliveries ORDER BY _id"),
                     sql(shell, "SELECT _id, event_type FROM events ORDER BY _id")};
  };
  const auto right = content();
  (void)sql(shell, "UPDATE deliveries SET status = 'x'");
  (void)sql(shell, "UPDATE events SET event_type = 'x'");
  const auto first = shell.result({"project", "rebuild", "events", "--stream", "delivery-d-1"});
  CHECK(value(first, "live") == "in place");
  CHECK(value(first, "changed") == "4");
  CHECK((content() != right));
  const auto second = shell.result({"project", "rebuild", "deliveries", "events", "--org", "org-2"});
  CHECK(values(second, "changed") == Texts{"1", "4"});
  CHECK((content() != right));
  (void)shell.result({"project", "rebuild", "deliveries", "--org", "org-1"});
  CHECK((content() == right));
  CHECK(value(shell.result({"project", "verify", "deliveries"}), "verified") == "right");
  require_complaint(shell.run({"project", "rebuild", "analytics", "--stream", "delivery-d-1"}), 2,
                    {"invalid_argument", "keyed_by", "es::KeyedBy::stream"});
  require_complaint(shell.run({"project", "rebuild", "--all", "--org", "org-1"}), 2, {"invalid_argument", "in place"});
  require_complaint(shell.run({"project", "rebuild", "events", "--org", ""}), 2, {"invalid_argument", "organization"});
}

TEST_CASE("project run --follow projects events as they come until it is interrupted", "[project]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, scheduled("d-1"));
  const auto following = shell.start({"project", "run", "--follow"});
  CHECK(value(following->line().value_or(""), "events") == "1");
  (void)shell.result({"import", "-"}, scheduled("d-2"));
  bool seen = false;
  for (int tries = 0; tries < 1000 && !seen; ++tries)
    seen = sql(shell, "SELECT count(*) FROM deliveries") == Texts{"2"};
  CHECK(seen);
  following->signal(SIGINT);
  CHECK(following->finish().exit_code == 0);
}

TEST_CASE("project run that is interrupted ends with an error and goes on later", "[project]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, shell.result(without_claims("30000")));
  const auto running = shell.start({"project", "run"});
  const auto has_begun = [&] {
    const auto places = values(shell.result({"project", "status"}), "position");
    return std::any_of(places.begin(), places.end(), [](const std::string& place) { return place != "0"; });
  };
  while (!has_begun()) continue;
  running->signal(SIGINT);
  const auto outcome = running->finish();
  if (outcome.exit_code == 0) {
    WARN("the run had ended before it was interrupted");
  } else {
    CHECK(outcome.exit_code == 1);
    CHECK(value(outcome.out, "stopped") == "true");
    CHECK_THAT(outcome.err, Catch::Contains("the collections are at position "));
    CHECK_THAT(outcome.err, Catch::Contains("run the same command again to continue"));
    (void)shell.result({"project", "run"});
  }
  CHECK(sql(shell, "SELECT count(*) FROM events") == Texts{"30000"});
  CHECK(sql(shell, "SELECT documents FROM _counts WHERE collection = 'events'") == Texts{"30000"});
}

TEST_CASE("a file of collections that is damaged is named, with what to do", "[project]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  (void)shell.write("store/collections.sqlite", std::string(4096, 'x'));
  for (const Words& words :
       {Words{"project", "run"}, {"project", "status"}, {"query", "get_resource_history", "d-1", "--org", "org-1"}})
    require_complaint(shell.run(words), 1, {"corrupt_record", "collections.sqlite", "delete the file", "project run"});
}

TEST_CASE("collections that were made from another log are neither answered from nor expired", "[project]") {
  const Shell other;
  (void)other.result({"import", "-"}, completed_delivery("d-9"));
  (void)other.result({"project", "run"});
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  (void)shell.write("store/collections.sqlite", other.read("store/collections.sqlite"));
  require_complaint(shell.run({"query", "get_daily_stats", "deliveries_completed", "--org", "org-1"}), 1,
                    {"analytics", "made from another log", "project rebuild analytics"});
  const auto run = shell.run({"project", "run", "--expire"});
  CHECK(run.exit_code == 1);
  CHECK_THAT(run.err, Catch::Contains("its collection was not changed: run `project rebuild "));
  CHECK(sql(shell, "SELECT count(*) FROM audit_logs") == Texts{"4"});
  (void)shell.result({"project", "rebuild", "analytics"});
  CHECK(shell.run({"query", "get_daily_stats", "deliveries_completed", "--org", "org-1"}).exit_code == 0);
}

TEST_CASE("an event id that two streams share makes a document for each", "[project]") {
  const Shell shell;
  const std::string id = R"("event_id":"123e4567-e89b-42d3-a456-426614174000",)";
  const auto with_id = [&](std::string line) { return line.insert(1, id); };
  (void)shell.result({"import", "-"},
                     with_id(scheduled("d-1")) +
                         with_id(to_line({.key = "d-2", .type = "DeliveryAssigned", .organization = "org-2"})));
  (void)shell.result({"project", "run"});
  CHECK(sql(shell, "SELECT organization_id FROM events ORDER BY position") == Texts{"org-1", "org-2"});
  CHECK(sql(shell, "SELECT organization_id FROM audit_logs ORDER BY position") == Texts{"org-1", "org-2"});
}

TEST_CASE("project verify names the row that was edited and the deleted and the added one", "[project]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, shell.result(without_claims("2000")));
  (void)shell.result({"project", "run"});
  const auto right = shell.result({"project", "verify"});
  CHECK(values(right, "verified") == Texts(21, "right"));
  CHECK(values(right, "digest") == values(shell.result({"project", "status"}), "digest"));
  const auto id_of = [&](int n) {
    return sql(shell, "SELECT _id FROM analytics ORDER BY _id LIMIT 1 OFFSET " + std::to_string(n)).at(0);
  };
  const auto edited = id_of(3);
  const auto deleted = id_of(8);
  const std::string added = "00000000-0000-5000-8000-000000000001";
  (void)sql(shell, "UPDATE analytics SET value = value + 1 WHERE _id = '" + edited + "'");
  (void)sql(shell, "DELETE FROM analytics WHERE _id = '" + deleted + "'");
  const auto columns = sql(shell, "SELECT group_concat(name) FROM pragma_table_info('analytics') WHERE name <> '_id'");
  (void)sql(shell, "INSERT INTO analytics (_id, " + columns.at(0) + ") SELECT '" + added + "', " + columns.at(0) +
                       " FROM analytics LIMIT 1");
  const auto found = shell.run({"project", "verify", "analytics"});
  CHECK(found.exit_code == 1);
  CHECK(value(found.out, "verified") == "wrong");
  CHECK(value(found.out, "missing") == "1");
  CHECK(value(found.out, "surplus") == "1");
  CHECK(value(found.out, "changed") == "1");
  CHECK_THAT(found.out, Catch::Contains("\"id\":\"" + edited + "\",\"field\":\"value\",\"found\":"));
  CHECK_THAT(found.out, Catch::Contains("\"id\":\"" + deleted + "\",\"expected\":"));
  CHECK_THAT(found.out, Catch::Contains("\"id\":\"" + added + "\",\"found\":"));
  CHECK_THAT(value(found.out, "note"), Catch::Contains("something else has changed them"));
  CHECK(values(shell.result({"project", "status"}), "rebuild_position") == Texts(21, ""));
  (void)shell.result({"project", "rebuild", "analytics"});
  CHECK(value(shell.result({"project", "verify", "analytics"}), "verified") == "right");
}

TEST_CASE("project verify keeps the way back and refuses a collection that is not there", "[project]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  require_complaint(shell.run({"project", "verify", "events"}), 4, {"events", "project run"});
  (void)shell.result({"project", "run", "deliveries"});
  const auto some = shell.run({"project", "verify", "deliveries", "events"});
  CHECK(some.exit_code == 1);
  CHECK(values(some.out, "verified") == Texts{"unknown", "right"});
  (void)shell.result({"project", "run"});
  (void)shell.result({"project", "rebuild", "deliveries"});
  CHECK(value(shell.result({"project", "verify", "deliveries"}), "verified") == "right");
  CHECK(value(shell.result({"project", "rebuild", "deliveries", "--rollback"}), "live") == "back");
}

}  // namespace project_test
