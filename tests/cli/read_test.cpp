#include <csignal>

#include "shell.hpp"

namespace read_test {

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

// Positions 1 to 4: delivery-d-1 of org-1; 5 to 8: delivery-d-2 of org-2; 9: conversation-c-1 of org-1.
void fill(const Shell& shell) {
  const auto conversation = to_line({.key = "c-1",
                                     .type = "ConversationOpened",
                                     .data = R"({"contact_id":"p-1"})",
                                     .version = 1,
                                     .category = "conversation"});
  (void)shell.result({"import", "-"}, completed_delivery("d-1") + completed_delivery("d-2", "org-2") + conversation);
}

}  // namespace

TEST_CASE("read prints a stream, by version", "[read]") {
  const Shell shell;
  fill(shell);
  const auto versions = [&](Words words) {
    words.insert(words.begin(), {"read", "delivery-d-2"});
    return values(shell.result(words), "version");
  };
  CHECK(versions({}) == Texts{"1", "2", "3", "4"});
  CHECK(versions({"--from", "3"}) == Texts{"3", "4"});
  CHECK(versions({"--to", "2"}) == Texts{"1", "2"});
  CHECK(versions({"--from", "2", "--to", "3"}) == Texts{"2", "3"});
  CHECK(versions({"--limit", "1"}) == Texts{"1"});
  CHECK(versions({"--limit", "0"}).empty());
  CHECK(versions({"--limit", "all"}).size() == 4);
  CHECK(versions({"--backward"}) == Texts{"4", "3", "2", "1"});
  CHECK(versions({"--backward", "--from", "3", "--to", "2"}) == Texts{"3", "2"});
  CHECK(versions({"--backward", "--limit", "2"}) == Texts{"4", "3"});
  CHECK(versions({"--from", "9"}).empty());
}

TEST_CASE("all and export print everything, by position and by filter", "[read]") {
  const Shell shell;
  fill(shell);
  const auto positions = [&](Words words) {
    words.insert(words.begin(), "all");
    return values(shell.result(words), "position");
  };
  CHECK(positions({}).size() == 9);
  CHECK(positions({"--from", "8"}) == Texts{"8", "9"});
  CHECK(positions({"--from", "2", "--to", "4"}) == Texts{"2", "3", "4"});
  CHECK(positions({"--limit", "2"}) == Texts{"1", "2"});
  CHECK(positions({"--limit", "0"}).empty());
  CHECK(positions({"--limit", "all"}).size() == 9);
  require_complaint(shell.run({"all", "--limit", "few"}), 2, {"--limit few", "expected a number of events, or all"});
  CHECK(positions({"--backward", "--limit", "2"}) == Texts{"9", "8"});
  CHECK(positions({"--backward", "--from", "3"}) == Texts{"3", "2", "1"});
  CHECK(positions({"--category", "conversation"}) == Texts{"9"});
  CHECK(positions({"--type", "DeliveryAssigned"}) == Texts{"2", "6"});
  CHECK(positions({"--org", "org-1"}) == Texts{"1", "2", "3", "4", "9"});
  CHECK(positions({"--tenant", "org-1"}) == Texts{"1", "2", "3", "4", "9"});
  CHECK(positions({"--org", "org-1", "--category", "delivery", "--backward", "--limit", "1"}) == Texts{"4"});
  CHECK(positions({"--type", "Nothing"}).empty());
  CHECK(shell.run({"export", "--clear"}).out == shell.result({"all"}));
}

TEST_CASE("a stream that is not there is not found", "[read]") {
  const Shell shell;
  fill(shell);
  require_complaint(shell.run({"read", "delivery-d-9"}), 4, {"not_found", "delivery-d-9"});
  require_complaint(shell.run({"read", "delivery"}), 2, {"delivery", "<category>-<key>"});
}

TEST_CASE("a store that is not there is not found, and not made by reading", "[read]") {
  const Shell shell;
  for (const Words& words : {Words{"all"},
                             {"read", "delivery-1"},
                             {"streams"},
                             {"stats"},
                             {"state", "delivery-1"},
                             {"project", "run"},
                             {"project", "status"},
                             {"query", "get_daily_stats", "x", "--org", "o"}}) {
    require_complaint(shell.run(words), 4, {"not_found", shell.store(), "no store"});
    CHECK_FALSE(std::filesystem::exists(shell.store()));
  }
}

TEST_CASE("option --follow goes on with events as they come until it is interrupted", "[read]") {
  for (const int number : {SIGINT, SIGTERM}) {
    const Shell shell;
    fill(shell);
    const auto following = shell.start({"all", "--follow", "--from", "9", "--category", "conversation"});
    CHECK(value(following->line().value_or(""), "position") == "9");
    const auto live = to_line(
        {.key = "live", .type = "ConversationOpened", .data = R"({"contact_id":"p"})", .category = "conversation"});
    (void)shell.result({"import", "-"}, scheduled("live") + live);
    CHECK(value(following->line().value_or(""), "aggregate_id") == "live");
    following->signal(number);
    const auto outcome = following->finish();
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.empty());
  }
}

TEST_CASE("option --follow with --limit ends by itself", "[read]") {
  const Shell shell;
  fill(shell);
  const auto following = shell.start({"all", "--follow", "--from", "9", "--limit", "2"});
  CHECK(following->line().has_value());
  (void)shell.result({"import", "-"}, scheduled("d-3") + scheduled("d-4"));
  const auto outcome = following->finish();
  CHECK(outcome.exit_code == 0);
  CHECK(values(outcome.out, "aggregate_id") == Texts{"d-3"});
}

TEST_CASE("option --follow ends at once where all that was asked for is there", "[read]") {
  const Shell shell;
  fill(shell);
  CHECK(count_lines(shell.result({"all", "--follow", "--limit", "2"})) == 2);
  CHECK(count_lines(shell.result({"all", "--follow", "--to", "3"})) == 3);
  require_complaint(shell.run({"all", "--follow", "--backward"}), 2,
                    {"--follow --backward", "a backward read cannot follow"});
}

TEST_CASE("a reader that has seen enough is no failure", "[read]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, shell.result(without_claims("5000")));
  for (const Words& words : {Words{"all"}, without_claims("50000"), {"streams"}}) {
    CAPTURE(words);
    const auto reading = shell.start(words);
    CHECK(reading->line().has_value());
    reading->close_output();
    const auto outcome = reading->finish();
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.err.empty());
  }
}

TEST_CASE("a result that nobody could read is a failure where the disk is full, and none where the reader left",
          "[read]") {
  const Shell shell;
  fill(shell);
  (void)shell.result({"project", "run"});
  for (const Words& words : {Words{"all"},
                             {"stats"},
                             {"streams"},
                             {"state", "delivery-d-1"},
                             {"import", "/dev/null"},
                             {"project", "status"},
                             {"project", "run"},
                             {"query", "get_events_by_type", "DeliveryAssigned", "--org", "org-1"}}) {
    CAPTURE(words);
    std::string command = std::string{EVENTSTORE_PROGRAM} + " --store " + shell.store();
    for (const auto& word : words) command += " " + word;
    require_complaint(run("/bin/sh", {"-c", command + " > /dev/full"}), 1, {"standard output", "No space left"});
    const auto unread = run("/bin/bash", {"-c", command + " | true; exit ${PIPESTATUS[0]}"});
    CHECK(unread.exit_code == 0);
    CHECK(unread.err.empty());
  }
}

}  // namespace read_test
