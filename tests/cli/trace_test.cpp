#include "course.hpp"

namespace trace_test {

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

// Columns of each line, with blanks between.
Texts table(const std::string& lines, const Texts& columns) {
  Texts rows;
  for (const auto& line : lines_of(lines)) {
    std::string row;
    for (const auto& column : columns) row += (row.empty() ? "" : " ") + value(line, column);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

TEST_CASE("trace follows causes and effects across the three aggregates", "[trace]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, course());
  CHECK(table(shell.result({"trace", message}), {"depth", "relation", "event_id", "stream", "version"}) ==
        Texts{"0 cause cron  ", "1 cause " + executed + " campaign-k 2",
              "2 cause " + conversation + " conversation-c 1", "3 asked " + message + " conversation-c 2",
              "4 effect " + delivery + " delivery-d 1", "0 correlated " + agent + " delivery-d 2"});
  CHECK(lines_of(shell.result({"trace", message}))[3] ==
        R"({"depth":3,"parent":"11111111-0000-4000-8000-000000000003","relation":"asked",)"
        R"("event_id":"11111111-0000-4000-8000-000000000004","stream":"conversation-c","version":2,"position":4,)"
        R"("event_type":"MessageSent","created_at":"2026-03-01T09:00:00.000000Z","organization_id":"org-1",)"
        R"("user_id":"ada","correlation_id":"spring","causation_id":"11111111-0000-4000-8000-000000000003"})");
  CHECK(lines_of(shell.result({"trace", message}))[0] ==
        R"({"depth":0,"relation":"cause","event_id":"cron","missing":true})");
  CHECK(table(shell.result({"trace", created}), {"relation", "version"}) == Texts{"asked 1"});
}

TEST_CASE("trace takes an event by its place in the log or in its stream", "[trace]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, course());
  const auto by_id = shell.result({"trace", message});
  CHECK(shell.result({"trace", "conversation-c@2"}) == by_id);
  const auto asked = by_id.substr(by_id.find(R"("relation":"asked")"));
  CHECK(shell.result({"trace", "@" + value(asked, "position")}) == by_id);
}

TEST_CASE("trace draws a tree for a person", "[trace][terminal]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, course());
  CHECK(shell.result({"--table", "trace", message}) ==
        "cron  not in the log\n"
        "└─ CampaignExecuted  campaign-k v2  2026-03-01 09:00:00Z  ada  " +
            executed +
            "\n"
            "   └─ ConversationOpened  conversation-c v1  2026-03-01 09:00:01Z  ada  " +
            conversation +
            "\n"
            "      └─ MessageSent  conversation-c v2  2026-03-01 09:00:00Z  ada  " +
            message +
            "  ◀ asked for\n"
            "         └─ DeliveryScheduled  delivery-d v1  2026-03-01 10:00:00Z  ada  " +
            delivery +
            "\n"
            "with the same correlation id\n"
            "└─ DeliveryAssigned  delivery-d v2  2026-03-01 11:00:00Z  carl  " +
            agent + "\n");
  const auto outcome = shell.start({"trace", message}, End::terminal, End::pipe)->finish();
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.out, Catch::Contains("\x1b[1mMessageSent\x1b[0m") && Catch::Contains("└─"));
}

TEST_CASE("trace draws graphs as text", "[trace]") {
  const Shell shell;
  const auto caused = [](const std::string& by) { return R"({"user_id":"a\"b\\<i>&#","causation_id":")" + by + "\"}"; };
  (void)shell.result(
      {"import", "--raw", "-"},
      line_of({"parcel", R"(p]\")", 1, "Packed", "{}", created, caused(R"(x\"y)"), "2026-03-01T09:00:00Z"}) +
          line_of({"parcel", "q", 1, "Packed", "{}", executed, caused(created), "2026-03-01T09:00:00Z"}));
  CHECK(shell.result({"trace", created, "--dot"}) ==
        R"(digraph trace {
  node [shape=box, fontname="sans-serif"];
  e0 [label="x\"y\nnot in the log", style=dashed];
  e1 [label="Packed\nparcel-p]\" v1\n2026-03-01T09:00:00.000000Z\na\"b\\<i>&#", style=bold, penwidth=3];
  e0 -> e1;
  e2 [label="Packed\nparcel-q v1\n2026-03-01T09:00:00.000000Z\na\"b\\<i>&#"];
  e1 -> e2;
}
)");
  CHECK(shell.result({"trace", created, "--mermaid"}) ==
        R"(flowchart TD
  e0["x#34;y<br/>not in the log"]:::missing
  e1["Packed<br/>parcel-p#93;#34; v1<br/>2026-03-01T09:00:00.000000Z<br/>a#34;b#92;#60;i#62;#38;#35;"]:::asked
  e0 --> e1
  e2["Packed<br/>parcel-q v1<br/>2026-03-01T09:00:00.000000Z<br/>a#34;b#92;#60;i#62;#38;#35;"]
  e1 --> e2
  classDef asked stroke-width:4px
  classDef missing stroke-dasharray:6
  classDef correlated stroke-dasharray:2
)");
  require_complaint(shell.run({"trace", created, "--dot", "--mermaid"}), 2, {"--dot", "--mermaid"});
}

TEST_CASE("trace shows each event that has the id or the one of a stream", "[trace]") {
  const Shell shell;
  (void)shell.result({"import", "--raw", "-"},
                     line_of({"parcel", "p", 1, "Packed", "{}", created, "{}", "2026-03-01T09:00:00Z"}) +
                         line_of({"parcel", "q", 1, "Packed", "{}", created, "{}", "2026-03-01T09:00:00Z"}));
  CHECK(table(shell.result({"trace", created}), {"relation", "stream"}) == Texts{"asked parcel-p", "asked parcel-q"});
  CHECK(table(shell.result({"trace", created, "--stream", "parcel-q"}), {"relation", "stream"}) ==
        Texts{"asked parcel-q", "correlated parcel-p"});
  require_complaint(shell.run({"trace", created, "--stream", "parcel-r"}), 4, {"parcel-r"});
}

TEST_CASE("trace ends loops and long chains", "[trace]") {
  const Shell shell;
  const auto caused = [](const std::string& by) { return R"({"causation_id":")" + by + "\"}"; };
  std::string lines = line_of({"parcel", "p", 1, "Packed", "{}", created, caused(executed), "2026-03-01T09:00:00Z"}) +
                      line_of({"parcel", "p", 2, "Packed", "{}", executed, caused(created), "2026-03-01T09:00:00Z"});
  auto last = executed;
  for (int i = 3; i <= 60; ++i) {
    const auto id = "22222222-0000-4000-8000-0000000000" + std::to_string(i + 10);
    lines += line_of({"parcel", "p", i, "Packed", "{}", id, caused(last), "2026-03-01T09:00:00Z"});
    last = id;
  }
  (void)shell.result({"import", "--raw", "-"}, lines);
  const auto tree = lines_of(shell.result({"--table", "trace", last}));
  REQUIRE(tree.size() == 60);
  CHECK_THAT(tree[1], Catch::StartsWith("└─ Packed") && Catch::Contains("leads back to a cause of its own"));
  CHECK_THAT(tree[59], Catch::Contains("└─ 59: Packed") && Catch::Contains("asked for"));
  const auto few = shell.run({"trace", created, "--limit", "10"});
  CHECK(few.exit_code == 0);
  CHECK(count_lines(few.out) == 10);
  CHECK_THAT(few.err, Catch::Contains("more events belong to the trace"));
}

TEST_CASE("trace refuses what is no event id", "[trace]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, course());
  require_complaint(shell.run({"trace", "spring"}), 2, {"spring", "names no event", "delivery-7@9"});
  require_complaint(shell.run({"trace", message + "0"}), 2, {"names no event"});
  require_complaint(shell.run({"trace"}), 2, {"EVENT"});
  require_complaint(shell.run({"trace", "99999999-0000-4000-8000-000000000000"}), 4,
                    {"99999999-0000-4000-8000-000000000000", "no event of the log"});
  for (const auto* const place : {"@99", "@0", "delivery-d@7", "delivery-e@1", "delivery-d@0"})
    require_complaint(shell.run({"trace", place}), 4, {place, "no event stands there"});
  for (const auto* const place : {"@", "@x", "delivery-d@", "@1x", "@99999999999999999999"})
    require_complaint(shell.run({"trace", place}), 2, {place});
  require_complaint(shell.run({"trace", message, "--limit", "0"}), 2, {"--limit 0"});
  require_complaint(shell.run({"trace", message, "--stream", "nothing"}), 2, {"nothing"});
}

}  // namespace trace_test
