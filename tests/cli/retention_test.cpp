#include <algorithm>

#include "shell.hpp"

namespace retention_test {

using namespace eventstore::cli_test;

namespace {

// Two finished segments with four events each, and one that is written to.
void fill(const Shell& shell) {
  for (const int number : {1, 2}) {
    (void)shell.run({"import", "-"}, completed_delivery("d-" + std::to_string(number)));
    // Bytes that nobody acknowledged: the next writer begins another segment behind them.
    const auto segment = "store/segments/000000000000000" + std::to_string(number) + ".log";
    (void)shell.write(segment, shell.read(segment) + std::string(64, 'x'));
  }
  (void)shell.run({"import", "-"}, completed_delivery("d-3"));
}

const std::string tomorrow = "2100-01-01T00:00:00Z";

}  // namespace

TEST_CASE("old segments are dropped, and what is asked for of them is expired", "[retain]") {
  const Shell shell;
  fill(shell);
  const auto planned = shell.result({"retain", "--before", tomorrow, "--drop", "--dry-run"});
  CHECK(value(planned, "action") == "drop");
  CHECK(value(planned, "dry_run") == "true");
  CHECK(value(planned, "segments") == "2");
  CHECK(value(planned, "last_position") == "8");
  CHECK(value(planned, "expired_position") == "0");
  CHECK(count_lines(shell.result({"all"})) == 12);

  const auto done = shell.result({"retain", "--before", tomorrow, "--drop"});
  CHECK(value(done, "segments") == "2");
  CHECK(value(done, "expired_position") == "8");
  require_complaint(shell.run({"all"}), 4, {"expired", "begin at position 9"});
  CHECK(count_lines(shell.result({"all", "--from", "9"})) == 4);
  require_complaint(shell.run({"read", "delivery-d-1"}), 4, {"expired", "delivery-d-1"});
  require_complaint(shell.run({"state", "delivery-d-1", "--at-version", "3"}), 4, {"expired", "version 4"});
  CHECK(value(shell.result({"state", "delivery-d-1"}), "version") == "4");
  CHECK(value(shell.result({"project", "run"}), "position") == "12");
  CHECK_THAT(shell.result({"project", "status"}), Catch::Contains("made without 8 events up to position 8"));
  CHECK(count_lines(shell.result({"streams"})) == 3);
  const auto stats = shell.result({"stats"});
  CHECK(value(stats, "events") == "4");
  CHECK(value(stats, "streams") == "3");
  CHECK(value(stats, "expired_events") == "8");
  CHECK(value(shell.result({"retain", "--before", tomorrow, "--drop"}), "segments") == "0");
}

TEST_CASE("a projection that missed what was dropped is shown as expired until it runs again", "[retain]") {
  const Shell shell;
  fill(shell);
  (void)shell.result({"project", "run"});
  const auto deliveries = sql(shell, "SELECT count(*) FROM deliveries");
  (void)shell.result({"retain", "--before", tomorrow, "--drop"});
  CHECK(values(shell.result({"project", "status"}), "health") == std::vector<std::string>(21, "live"));
  // One projection that has read the first two events only, written into the collections by hand.
  (void)sql(shell, "UPDATE _checkpoints SET position = 2 WHERE collection = 'deliveries'");
  const auto status = shell.result({"project", "status"});
  CHECK(count_lines(status) == 21);
  const auto health = values(status, "health");
  CHECK(std::count(health.begin(), health.end(), "live") == 20);
  CHECK(std::count(health.begin(), health.end(), "expired") == 1);
  CHECK_THAT(status, Catch::Contains("retention dropped the events up to position 8"));
  (void)shell.result({"project", "run"});
  CHECK(values(shell.result({"project", "status"}), "health") == std::vector<std::string>(21, "live"));
  CHECK(sql(shell, "SELECT count(*) FROM deliveries") == deliveries);
}

TEST_CASE("a rebuild after a drop keeps the documents of dropped events", "[retain]") {
  const Shell shell;
  fill(shell);
  (void)shell.result({"project", "run"});
  const auto before = sql(shell, "SELECT * FROM deliveries ORDER BY _id");
  (void)shell.result({"retain", "--before", tomorrow, "--drop"});
  (void)shell.result({"project", "rebuild", "deliveries"});
  CHECK(sql(shell, "SELECT * FROM deliveries ORDER BY _id") == before);
  (void)shell.result({"project", "rebuild", "deliveries", "--without-dropped"});
  CHECK(sql(shell, "SELECT count(*) FROM deliveries") != sql(shell, "SELECT count(*) FROM events"));
  CHECK_THAT(shell.result({"project", "status"}), Catch::Contains("made without 8 events"));
}

TEST_CASE("what is dropped without states is told, with what to do", "[retain]") {
  const Shell shell;
  fill(shell);
  (void)shell.result({"project", "run"});
  const auto done = shell.result({"retain", "--before", tomorrow, "--drop", "--without-states"});
  CHECK(value(done, "streams_without_state") == "2");
  require_complaint(shell.run({"state", "delivery-d-1"}), 4, {"expired", "delivery-d-1", "was not kept", "backup"});
  require_complaint(shell.run({"project", "rebuild", "deliveries"}), 4, {"expired", "--without-dropped"});
  (void)shell.result({"project", "run"});
  CHECK_THAT(shell.result({"project", "status"}), Catch::Contains("first events of 2 streams"));
}

TEST_CASE("old segments are archived, and nothing else changes", "[retain]") {
  const Shell shell;
  fill(shell);
  const auto all = shell.result({"all"});
  const auto done = shell.result({"retain", "--before", tomorrow, "--archive"});
  CHECK(value(done, "action") == "archive");
  CHECK(value(done, "segments") == "2");
  CHECK_FALSE(value(done, "archived_bytes").empty());
  CHECK(shell.result({"all"}) == all);
}

TEST_CASE("the chain of seals is verified over what was dropped and archived", "[retain]") {
  const Shell shell;
  fill(shell);
  const auto head = value(shell.result({"seal"}), "chain_head");
  REQUIRE(head.size() == 64);
  const auto proof = shell.result({"prove", "2"});
  (void)shell.result({"retain", "--before", tomorrow, "--archive"});
  const auto archived = shell.result({"verify", "--chain-head", head});
  CHECK(value(archived, "sound") == "true");
  CHECK(value(archived, "archived_segments") == "2");
  CHECK(value(archived, "kept_head_found") == "in_log");

  (void)shell.result({"retain", "--before", tomorrow, "--drop"});
  const auto dropped = shell.result({"verify", "--chain-head", head});
  CHECK(value(dropped, "sound") == "true");
  CHECK(value(dropped, "events") == "4");
  CHECK(value(dropped, "last_position") == "12");
  CHECK(value(dropped, "expired_segments") == "2");
  CHECK(value(dropped, "expired_position") == "8");
  CHECK(value(dropped, "expired_seals") == "2");
  CHECK(value(dropped, "chain_head") == head);
  CHECK(value(dropped, "kept_head_found") == "expired");
  require_complaint(shell.run({"prove", "2"}), 4, {"expired", "up to position 8"});
  CHECK(value(shell.result({"verify", "--proof", "-", "--chain-head", head}, proof), "proven") == "true");
  CHECK(count_lines(shell.result({"schema", "list"})) > 0);
}

TEST_CASE("retain says what it needs", "[retain]") {
  const Shell shell;
  require_complaint(shell.run({"retain", "--before", tomorrow, "--drop"}), 4, {"no store"});
  fill(shell);
  require_complaint(shell.run({"retain", "--before", tomorrow}), 2, {"--drop or --archive"});
  require_complaint(shell.run({"retain", "--drop"}), 2, {"--before"});
  require_complaint(shell.run({"retain", "--before", "yesterday", "--drop"}), 2, {"yesterday"});
  CHECK(shell.run({"retain", "--before", tomorrow, "--drop", "--archive"}).exit_code == 2);
  CHECK(count_lines(shell.result({"all"})) == 12);
}

TEST_CASE("a list of the newest events gives what retention left", "[retain]") {
  const Shell shell;
  fill(shell);
  (void)shell.result({"append", "delivery-d-2", "--org", "org-1"},
                     R"({"event_type":"DeliveryFeedbackReceived","event_data":{"rating":5}})");
  (void)shell.result({"retain", "--before", tomorrow, "--drop"});
  const auto versions = [&](Words words) {
    words.insert(words.begin(), "query");
    words.insert(words.end(), {"--org", "org-1"});
    return values(shell.result(words), "version");
  };
  CHECK(versions({"get_aggregate_events", "d-2", "delivery"}) == std::vector<std::string>{"5"});
  CHECK(versions({"get_aggregate_events", "d-1", "delivery"}).empty());
  CHECK(versions({"get_events_by_type", "DeliveryAssigned"}) == std::vector<std::string>{"2"});
  CHECK(versions({"get_events_by_type", "DeliveryCompleted", "limit=0"}).empty());
}

}  // namespace retention_test
