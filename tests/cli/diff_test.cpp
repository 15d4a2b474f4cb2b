#include "stories.hpp"

namespace diff_test {

using namespace eventstore::cli_test;

TEST_CASE("diff prints what differs between two versions of each aggregate", "[diff]") {
  const Stories stories;
  CHECK(stories.result({"diff", "campaign-spring", "2", "now"}) ==
        R"({"path":"status","kind":"changed","before":"draft","after":"executing"}
{"path":"contacts[\"c-2\"]","kind":"removed","before":null}
{"path":"contacts[\"c/1\"]","kind":"changed","before":null,"after":"answered"}
{"path":"contacts_count","kind":"changed","before":2,"after":1}
{"path":"counts[\"answered\"]","kind":"added","after":1}
{"path":"executed_at","kind":"added","after":"2026-03-04T08:00:00.000000Z"}
)");
  CHECK(stories.result({"diff", "conversation-talk", "3", "4"}) ==
        R"({"path":"messages[\"m.1\"]","kind":"changed","before":"delivered","after":"read"}
{"path":"counts[\"delivered\"]","kind":"removed","before":1}
{"path":"counts[\"read\"]","kind":"added","after":1}
)");
  CHECK(stories.result({"diff", "delivery-d-1", "3", "2"}) ==
        R"({"path":"status","kind":"changed","before":"in_transit","after":"assigned"}
{"path":"tracking_events[1]","kind":"removed","before":{"status":"in_transit","timestamp":"2026-01-27T10:30:00.000000Z"}}
)");
  CHECK(stories.result({"diff", "delivery-d-1", "now", "4"}).empty());
}

TEST_CASE("diff takes versions and positions and times and days", "[diff]") {
  const Stories stories;
  const auto status = [&](const std::string& a, const std::string& b) {
    const auto rows = stories.result({"diff", "delivery-d-1", a, b});
    return value(rows, "path") == "status" ? value(rows, "before") + " -> " + value(rows, "after") : rows;
  };
  CHECK(status("3", "4") == "in_transit -> completed");
  CHECK(status("@12", "@13") == "in_transit -> completed");
  CHECK(status("2026-01-28", "2026-01-28T08:55:00Z") == "in_transit -> completed");
  CHECK(status("2026-01-28", "now") == "in_transit -> completed");
  const auto recorded = stories.run({"diff", "delivery-d-1", "2026-01-28", "now", "--by", "recorded"});
  require_complaint(recorded, 4, {"no event up to 2026-01-28"});
}

TEST_CASE("diff prints one JSON patch", "[diff]") {
  const Stories stories;
  CHECK(stories.result({"diff", "campaign-spring", "2", "now", "--json-patch"}) ==
        R"([{"op":"replace","path":"/status","value":"executing"},{"op":"remove","path":"/contacts/c-2"},)"
        R"({"op":"replace","path":"/contacts/c~11","value":"answered"},)"
        R"({"op":"replace","path":"/contacts_count","value":1},{"op":"add","path":"/counts/answered","value":1},)"
        R"({"op":"add","path":"/executed_at","value":"2026-03-04T08:00:00.000000Z"}])"
        "\n");
  CHECK(stories.result({"diff", "delivery-d-1", "2", "2", "--json-patch"}) == "[]\n");
}

TEST_CASE("diff lays a table out for a person", "[diff]") {
  const Stories stories;
  const auto table = stories.result({"--table", "diff", "conversation-talk", "3", "4"});
  CHECK_THAT(table, Catch::StartsWith("version 3 → 4\npath") && Catch::Contains("delivered  read"));
  CHECK(stories.result({"--table", "diff", "delivery-d-1", "4", "now"}) == "version 4 → 4: the states are the same\n");
}

TEST_CASE("a table has the earlier side before the later one whichever its first row lacks", "[diff]") {
  const Stories stories;
  const auto columns = [&](const std::string& a, const std::string& b) {
    const auto lines = lines_of(stories.result({"--table", "diff", "campaign-spring", a, b}));
    REQUIRE(lines.size() > 3);
    CAPTURE(lines[3]);
    CHECK(lines[3].find(a < b ? "added" : "removed") != std::string::npos);
    return lines[1];
  };
  CHECK_THAT(columns("1", "2"), Catch::StartsWith("path") && Catch::EndsWith("before  after"));
  CHECK_THAT(columns("2", "1"), Catch::StartsWith("path") && Catch::EndsWith("before  after"));
}

TEST_CASE("diff says where clocks ran backwards", "[diff]") {
  const Stories stories;
  const auto outcome = stories.run({"diff", "conversation-talk", "2026-03-01T09:04:30Z", "now"});
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.out, Catch::Contains(R"("before":"sent","after":"read")"));
  CHECK_THAT(outcome.err,
             Catch::Contains("clocks ran backwards: version 4") && Catch::Contains("version 2 is the last"));
  CHECK(count_lines(outcome.err) == 1);
}

TEST_CASE("diff refuses what it cannot compare", "[diff]") {
  const Stories stories;
  const auto refused = [&](const std::string& stream, const std::string& a, const std::string& b) {
    return stories.run({"diff", stream, a, b});
  };
  require_complaint(refused("delivery-d-1", "1", "5"), 4, {"delivery-d-1", "ends at version 4"});
  require_complaint(refused("delivery-d-1", "0", "1"), 4, {"no version 0"});
  require_complaint(refused("delivery-d-1", "@999", "1"), 4, {"ends at position 13"});
  require_complaint(refused("delivery-d-1", "@9", "1"), 4, {"no event up to position 9"});
  require_complaint(refused("delivery-d-1", "2026-01-01", "1"), 4, {"no event up to 2026-01-01"});
  require_complaint(refused("delivery-d-1", "yesterday", "1"), 2, {"yesterday", "@812"});
  require_complaint(refused("delivery-d-1", "2026-02-30", "1"), 2, {"no such day"});
  require_complaint(refused("delivery-d-1", "1", "99999999999999999999"), 2, {"too large"});
  require_complaint(refused("delivery-d-9", "1", "2"), 4, {"delivery-d-9", "no such stream"});
  require_complaint(refused("parcel-1", "1", "2"), 2, {"parcel", "delivery"});
  require_complaint(refused("activity-1", "1", "2"), 2, {"activity", "no state"});
  require_complaint(refused("nothing", "1", "2"), 2, {"nothing"});
  require_complaint(stories.run({"diff", "delivery-d-1", "1"}), 2, {"B"});
}

}  // namespace diff_test
