#include <sqlite3.h>

#include "stories.hpp"

namespace as_of_test {

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

// The rows of a statement on a file, as `sql` gives those of the store's own collections.
Texts sql_of(const std::string& file, const std::string& statement) {
  sqlite3* opened = nullptr;
  REQUIRE(sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database{opened, &sqlite3_close};
  Texts rows;
  const auto add = [](void* to, int columns, char** texts, char**) {
    std::string row;
    for (int column = 0; column < columns; ++column)
      row += (column == 0 ? "" : "|") + std::string{texts[column] == nullptr ? "" : texts[column]};
    static_cast<Texts*>(to)->push_back(row);
    return 0;
  };
  CAPTURE(statement, sqlite3_errmsg(opened));
  REQUIRE(sqlite3_exec(opened, statement.c_str(), add, &rows, nullptr) == SQLITE_OK);
  return rows;
}

Texts names_in(const std::filesystem::path& folder) {
  Texts names;
  for (const auto& each : std::filesystem::directory_iterator{folder}) names.push_back(each.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

// Every document of every collection, by collection, without what says when it was made.
Texts documents_of(const std::string& file) {
  Texts all;
  for (const auto* const collection :
       {"message_logs", "audit_logs", "analytics", "events", "campaigns", "conversations", "deliveries", "agents",
        "customers", "contacts", "chatbots", "users", "calendar_events", "sessions", "agent_logs"})
    for (auto& row : sql_of(file, std::string{"SELECT * FROM "} + collection + " ORDER BY _id"))
      all.push_back(collection + (": " + row));
  return all;
}

}  // namespace

TEST_CASE("as-of makes the collections as they stood ready for SQL", "[as-of]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1") + completed_delivery("d-2", "org-2"));
  const auto before = store_bytes(shell);
  const auto rows = shell.result({"as-of", "6", "--out", shell.file("past.sqlite")});
  CHECK(count_lines(rows) == 21);
  CHECK_THAT(rows, Catch::Contains(R"({"collection":"deliveries","documents":2,"position":6})"));
  CHECK(sql_of(shell.file("past.sqlite"), "SELECT status, version FROM deliveries ORDER BY version") ==
        Texts{"assigned|2", "completed|4"});
  CHECK(sql_of(shell.file("past.sqlite"), "SELECT count(*) FROM events") == Texts{"6"});
  CHECK(names_in(shell.file("")) == Texts{"past.sqlite", "store"});
  CHECK_FALSE(std::filesystem::exists(shell.store() + "/collections.sqlite"));
  CHECK((store_bytes(shell) == before));
}

TEST_CASE("as-of a time cuts each stream at its first later event or the log where it stood", "[as-of]") {
  const Shell shell;
  // d-1 departs an hour early by its writer's clock.
  (void)shell.result({"import", "-"}, scheduled("d-1") +
                                          to_line({.key = "d-1", .version = 2, .created_at = "2026-01-27T12:00:00Z"}) +
                                          to_line({.key = "d-1",
                                                   .type = "DeliveryDeparted",
                                                   .data = "{}",
                                                   .version = 3,
                                                   .created_at = "2026-01-27T11:00:00Z"}) +
                                          scheduled("d-2"));
  const auto status_at = [&](const std::string& time, const Words& more = {}) {
    const auto file = shell.file("past.sqlite");
    Words words{"as-of", time, "--collections", "deliveries,events", "--out", file};
    words.insert(words.end(), more.begin(), more.end());
    CHECK(count_lines(shell.result(words)) == 2);
    auto found = sql_of(file, "SELECT aggregate_id, status FROM deliveries ORDER BY aggregate_id");
    std::filesystem::remove(file);
    return found;
  };
  CHECK(status_at("2026-01-27T11:30:00Z") == Texts{"d-1|scheduled", "d-2|scheduled"});
  CHECK(status_at("2026-01-27T12:00:00Z") == Texts{"d-1|in_transit", "d-2|scheduled"});
  CHECK(status_at("now") == Texts{"d-1|in_transit", "d-2|scheduled"});
  require_complaint(shell.run({"as-of", "2026-01-28", "--by", "recorded", "--out", shell.file("p")}), 4,
                    {"2026-01-28", "the first one was at"});
  CHECK(status_at("2126-01-28", {"--by", "recorded"}).size() == 2);
}

TEST_CASE("as-of the head is what project run makes", "[as-of]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, shell.result({"generate", "--events", "3000"}));
  const auto head = value(shell.result({"project", "run"}), "position");
  (void)shell.result({"as-of", head, "--out", shell.file("past.sqlite")});
  CHECK((documents_of(shell.file("past.sqlite")) == documents_of(shell.store() + "/collections.sqlite")));
}

TEST_CASE("as-of a position is what project run made then", "[as-of]") {
  const Shell shell;
  const auto lines = lines_of(shell.result({"generate", "--events", "2000"}));
  std::string part;
  std::string then;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    part += lines[i] + '\n';
    if (i + 1 == 700) {
      (void)shell.result({"import", "-"}, part);
      then = value(shell.result({"project", "run"}), "position");
      std::filesystem::copy(shell.store() + "/collections.sqlite", shell.file("then.sqlite"));
      part.clear();
    }
  }
  (void)shell.result({"import", "-"}, part);
  (void)shell.result({"project", "run"});
  (void)shell.result({"as-of", then, "--out", shell.file("past.sqlite")});
  CHECK((documents_of(shell.file("past.sqlite")) == documents_of(shell.file("then.sqlite"))));
}

TEST_CASE("as-of complains about what is no moment or no place and makes nothing", "[as-of]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  const auto out = shell.file("past.sqlite");
  require_complaint(shell.run({"as-of", "5", "--out", out}), 4, {"ends at position 4"});
  require_complaint(shell.run({"as-of", "0", "--out", out}), 2, {"positions begin at 1"});
  require_complaint(shell.run({"as-of", "2020-01-01", "--out", out}), 4, {"2020-01-01", "2026-01-27T10:30:00"});
  require_complaint(shell.run({"as-of", "yesterday", "--out", out}), 2, {"yesterday", "a position like 812"});
  require_complaint(shell.run({"as-of", "3", "--collections", "parcels", "--out", out}), 4, {"parcels", "deliveries"});
  require_complaint(shell.run({"as-of", "3"}), 2, {"--out"});
  require_complaint(shell.run({"as-of", "3", "--out", shell.file("none/past.sqlite")}), 4,
                    {"none/past.sqlite", "directory"});
  require_complaint(shell.run({"as-of", "3", "--out", shell.store() + "/collections.sqlite"}), 2,
                    {"collections.sqlite", "belongs to the store"});
  CHECK(names_in(shell.file("")) == Texts{"store"});
  (void)shell.write("past.sqlite", "mine");
  require_complaint(shell.run({"as-of", "3", "--out", out}), 2, {"past.sqlite", "exists already"});
  CHECK(shell.read("past.sqlite") == "mine");
  CHECK(names_in(shell.file("")) == Texts{"past.sqlite", "store"});
}

TEST_CASE("project diff shows the documents that differ by field and how many there are", "[project-diff]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1") + completed_delivery("d-2", "org-2"));
  const auto before = store_bytes(shell);
  const auto lines = lines_of(shell.result({"project", "diff", "deliveries", "--at", "3", "--at", "8"}));
  CHECK((store_bytes(shell) == before));
  REQUIRE(lines.size() == 3);
  const auto& changed = value(lines[0], "change") == "changed" ? lines[0] : lines[1];
  const auto& added = value(lines[0], "change") == "changed" ? lines[1] : lines[0];
  CHECK_THAT(changed, Catch::Contains(R"("organization_id":"org-1")") &&
                          Catch::Contains(R"("before":{"status":"in_transit")") &&
                          Catch::Contains(R"("after":{"status":"completed")"));
  CHECK_THAT(added, Catch::Contains(R"("change":"added")") && Catch::Contains(R"("before":{})") &&
                        Catch::Contains(R"("aggregate_id":"d-2")"));
  CHECK(lines[2] ==
        R"({"projection":"deliveries","before_position":3,"after_position":8,"same":0,"added":1,"removed":0,)"
        R"("changed":1,"shown":2})");
  const auto few = lines_of(
      shell.result({"project", "diff", "deliveries", "--at", "2026-01-27T10:30:00Z", "--at", "now", "--limit", "1"}));
  CHECK(few.size() == 2);
  require_complaint(shell.run({"project", "diff", "deliveries", "--at", "3"}), 2, {"give --at twice"});
  require_complaint(shell.run({"project", "diff", "deliveries"}), 2, {"--at"});
  require_complaint(shell.run({"project", "diff", "deliveries", "--at", "1", "--at", "9"}), 4, {"position 8"});
  require_complaint(shell.run({"project", "diff", "parcels", "--at", "1", "--at", "2"}), 4, {"parcels", "deliveries"});
  CHECK_FALSE(std::filesystem::exists(shell.store() + "/collections.sqlite"));
}

TEST_CASE("project diff enters maps and lists and shows each change to a person in a line", "[project-diff]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, conversation_story() + completed_delivery("d-1"));
  const auto diff = [&](const Words& words) {
    Words all{"project", "diff"};
    all.insert(all.end(), words.begin(), words.end());
    return shell.result(all);
  };
  CHECK_THAT(diff({"conversations", "--at", "2", "--at", "3"}),
             Catch::Contains(R"("before":{"messages":{"m.1":"sent"},"counts":{"sent":1,"delivered":null})"));
  CHECK_THAT(
      diff({"--table", "conversations", "--at", "2", "--at", "3"}),
      Catch::Contains("\n  messages.m.1: sent → delivered\n") && Catch::Contains("\n  counts.delivered: null → 1\n"));
  CHECK_THAT(diff({"--table", "deliveries", "--at", "5", "--at", "6"}),
             Catch::Contains("\n  agent_id: null → agent-1\n") && !Catch::Contains("tracking_events: "));
}

}  // namespace as_of_test
