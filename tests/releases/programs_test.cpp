// Two programs take turns on one store: the newer one renamed the category, added a type, fields and an enumerator.
#include "cli/shell.hpp"

namespace programs_test {

using namespace eventstore::cli_test;

namespace {

struct Turns {
  Shell shell{EVENTSTORE_OLDER_PROGRAM};

  [[nodiscard]] Outcome older(const Words& words) const { return shell.run(words); }
  [[nodiscard]] Outcome newer(const Words& words, std::string_view input = {}) const {
    Words all{"--store", shell.store()};
    all.insert(all.end(), words.begin(), words.end());
    return run(EVENTSTORE_NEWER_PROGRAM, all, input);
  }
};

std::string out_of(const Outcome& outcome) {
  CHECK(outcome.err == "");
  CHECK(outcome.exit_code == 0);
  return outcome.out;
}

}  // namespace

TEST_CASE("a release is rolled out, back and out again over one store", "[programs]") {
  const Turns turns;
  out_of(turns.older({"execute", "ticket-1", "issue", R"({"holder":"ada"})"}));
  out_of(turns.older({"execute", "ticket-2", "issue", R"({"holder":"bob"})"}));
  (void)turns.older({"project", "run"});

  // Out: older streams under either name, new ones under today's.
  CHECK_THAT(out_of(turns.newer({"execute", "admission-1", "use", R"({"gate":"north"})"})),
             Catch::Contains(R"("aggregate_id":"1","aggregate_type":"ticket")"));
  const auto state = out_of(turns.newer({"state", "admission-1"}));
  CHECK_THAT(state, Catch::Contains(R"("gate":"north")"));
  CHECK(out_of(turns.newer({"state", "ticket-1"})) == state);
  CHECK(turns.newer({"execute", "admission-2", "issue", R"({"holder":"eve"})"}).exit_code == 5);
  CHECK_THAT(out_of(turns.newer({"execute", "ticket-3", "issue", R"({"holder":"cay","seat":"box"})"})),
             Catch::Contains(R"("aggregate_id":"3","aggregate_type":"admission")"));
  CHECK_THAT(out_of(turns.newer({"project", "status"})), Catch::Contains("the events it reads have other schemas"));

  // Back: what the older program knows is as readable as before.
  CHECK_THAT(out_of(turns.older({"state", "ticket-1"})), Catch::Contains(R"("used":true)"));
  out_of(turns.older({"execute", "ticket-2", "use"}));
  require_complaint(turns.older({"state", "admission-3"}), 2, {"invalid_argument", "no such category", "ticket"});
  CHECK(count_lines(out_of(turns.older({"all"}))) == 5);

  // Out again: what the older one appended is there.
  CHECK_THAT(out_of(turns.newer({"state", "admission-2"})), Catch::Contains(R"("gate":"main")"));
  CHECK(turns.newer({"project", "rebuild", "holders"}).exit_code == 0);
  CHECK(sql(turns.shell, "SELECT holder, used FROM holders ORDER BY holder") ==
        std::vector<std::string>{"ada|1", "bob|1", "cay|0"});
}

TEST_CASE("a program that is rolled back past what it can read says so and writes nothing", "[programs]") {
  const Turns turns;
  out_of(turns.older({"execute", "ticket-1", "issue", R"({"holder":"ada"})"}));
  (void)turns.older({"project", "run"});
  out_of(turns.newer({"execute", "ticket-1", "move", R"({"row":"B"})"}));
  out_of(turns.newer({"execute", "ticket-1", "refund"}));
  const auto before = out_of(turns.older({"all"}));
  CHECK(count_lines(before) == 3);
  for (const auto& words : {Words{"state", "ticket-1"}, Words{"execute", "ticket-1", "use"}, Words{"project", "run"},
                            Words{"project", "rebuild", "holders"}}) {
    CAPTURE(words);
    require_complaint(turns.older(words), 1, {"unreadable_schema", "TicketMoved is stored under another schema"});
  }
  const auto checked = turns.older({"schema", "check"});
  CHECK(checked.exit_code == 1);
  CHECK_THAT(checked.out, Catch::Contains("TicketRefunded") && Catch::Contains("no struct has its name"));
  CHECK(out_of(turns.older({"all"})) == before);
  CHECK(sql(turns.shell, "SELECT holder, used FROM holders") == std::vector<std::string>{"ada|0"});
  CHECK_THAT(out_of(turns.newer({"state", "ticket-1"})), Catch::Contains(R"("row":"B")"));
}

TEST_CASE("event lines of a renamed category's earlier name are imported as they are", "[programs]") {
  const Turns turns;
  const std::string line =
      R"({"organization_id":"default","event_type":"TicketIssued","event_data":{"holder":"ada","seat":"stalls"},)"
      R"("aggregate_id":"1","aggregate_type":"ticket","created_at":"2026-01-27T10:30:00Z"})"
      "\n";
  CHECK(turns.newer({"import", "-"}, line).exit_code == 0);
  CHECK_THAT(out_of(turns.newer({"state", "admission-1"})), Catch::Contains(R"("stream":"ticket-1")"));
  CHECK_THAT(out_of(turns.newer({"schema", "check"})), Catch::Contains(R"("category":"ticket")"));
}

}  // namespace programs_test
