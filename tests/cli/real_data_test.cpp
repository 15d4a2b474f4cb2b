// Facts about a real data set that is not part of the project, counted independently by its README.
#include <algorithm>
#include <cstdlib>

#include "shell.hpp"

namespace real_data_test {

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

void check_stats(const Shell& shell) {
  const auto counts = shell.result({"stats"});
  const std::vector<std::pair<std::string, std::string>> facts{
      {"events", "39647"},           {"streams", "9999"},          {"organizations", "16"},
      {"DeliveryScheduled", "9999"}, {"DeliveryAssigned", "9978"}, {"DeliveryDeparted", "9835"},
      {"DeliveryCompleted", "9722"}, {"DeliveryCancelled", "58"},  {"DeliveryFailed", "55"}};
  for (const auto& [name, number] : facts) {
    CAPTURE(name);
    CHECK(value(counts, name) == number);
  }
}

void check_collections(const Shell& shell) {
  CHECK(sql(shell, "SELECT status, count(*) FROM deliveries GROUP BY status ORDER BY count(*) DESC, status DESC") ==
        Texts{"completed|9720", "in_transit|106", "cancelled|58", "assigned|58", "failed|55", "scheduled|2"});
  CHECK(sql(shell,
            "SELECT count(*) FROM events AS completed JOIN events AS scheduled USING (aggregate_id) WHERE "
            "completed.event_type = 'DeliveryCompleted' AND scheduled.event_type = 'DeliveryScheduled' AND "
            "json_extract(completed.event_data, '$.actual_delivery_time') > json_extract(scheduled.event_data, "
            "'$.scheduled_time')") == Texts{"814"});
  CHECK(
      sql(shell,
          "SELECT count(DISTINCT aggregate_id) FROM (SELECT aggregate_id, created_at < max(created_at) OVER (PARTITION "
          "BY aggregate_id ORDER BY version ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS earlier FROM events) "
          "WHERE earlier") == Texts{"154"});
  CHECK(sql(shell,
            "SELECT count(*) FROM events AS cancelled JOIN events AS completed USING (aggregate_id) WHERE "
            "cancelled.event_type = 'DeliveryCancelled' AND completed.event_type = 'DeliveryCompleted' AND "
            "cancelled.version > completed.version") == Texts{"2"});
  const auto month = [&](const std::string& name) {
    return sql(
        shell,
        "SELECT CAST(sum(value) AS INTEGER) FROM analytics WHERE metric_type = 'deliveries_completed' AND date LIKE '" +
            name + "-%'");
  };
  CHECK(month("2018-01") == Texts{"650"});
  CHECK(month("2018-08") == Texts{"867"});
  CHECK(sql(shell,
            "SELECT organization_id, date, CAST(sum(value) AS INTEGER) FROM analytics WHERE metric_type = "
            "'deliveries_completed' GROUP BY organization_id, date ORDER BY sum(value) DESC LIMIT 1") ==
        Texts{"org-e|2018-04-23|9"});
}

}  // namespace

TEST_CASE("every fact about the real deliveries is answered right", "[real]") {
  const char* const folder = std::getenv("EVENTSTORE_REAL_DATA");
  if (folder == nullptr) {
    WARN("skipped: EVENTSTORE_REAL_DATA names no folder with deliveries.ndjson.gz");
    return;
  }
  const Shell shell;
  const Words import{"import", std::string{folder} + "/deliveries.ndjson.gz"};
  CHECK(shell.result(import) == R"({"read":39647,"appended":39647,"already_there":0,"refused":0,"unclaimed":0})"
                                "\n");
  CHECK(shell.result(import) == R"({"read":39647,"appended":0,"already_there":39647,"refused":0,"unclaimed":0})"
                                "\n");
  check_stats(shell);
  auto backward = values(shell.result({"find", "--backward-clocks"}), "aggregate_id");
  std::sort(backward.begin(), backward.end());
  CHECK(std::unique(backward.begin(), backward.end()) - backward.begin() == 154);
  CHECK(value(shell.result({"project", "run"}), "events") == "39647");
  check_collections(shell);
  const auto stats = shell.result({"query", "get_daily_stats", "deliveries_completed", "days=30", "--org", "org-e",
                                   "--now", "2018-04-30T00:00:00Z"});
  CHECK_THAT(stats, Catch::Contains(R"({"_id":"2018-04-23","total":9,"count":9,"average":1})"));

  const auto exported = shell.result({"all"});
  CHECK(count_lines(exported) == 39647);
  const Shell second;
  (void)second.result({"import", "-"}, exported);
  CHECK((second.result({"all"}) == exported));
}

}  // namespace real_data_test
