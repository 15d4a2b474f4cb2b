#include "course.hpp"

namespace find_test {

using namespace eventstore::cli_test;

namespace {

using Texts = std::vector<std::string>;

Texts found(const Shell& shell, Words words) {
  words.insert(words.begin(), "find");
  return values(shell.result(words), "position");
}

}  // namespace

TEST_CASE("find prints events of the three aggregates as lines", "[find]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, course());
  CHECK(shell.result({"find", "--where", "agent_id=agent-1"}) ==
        R"({"organization_id":"org-1","event_type":"DeliveryAssigned","event_data":{"agent_id":"agent-1"},)"
        R"("aggregate_id":"d","aggregate_type":"delivery","created_at":"2026-03-01T11:00:00.000000Z","version":2,)"
        R"("metadata":{"user_id":"carl","correlation_id":"spring"},)"
        R"("event_id":"11111111-0000-4000-8000-000000000006","position":6})"
        "\n");
  CHECK(found(shell, {}).size() == 6);
  CHECK(found(shell, {"--type", "MessageSent"}) == Texts{"4"});
  CHECK(found(shell, {"--category", "campaign"}) == Texts{"1", "2"});
  CHECK(found(shell, {"--stream", "delivery-d", "--backward"}) == Texts{"6", "5"});
  CHECK(found(shell, {"--user", "ada", "--limit", "2"}) == Texts{"2", "3"});
  CHECK(found(shell, {"--correlation", "spring", "--category", "delivery"}) == Texts{"5", "6"});
  CHECK(found(shell, {"--causation", "cron"}) == Texts{"2"});
  CHECK(found(shell, {"--from", "2026-03-01T09:00:00Z", "--to", "2026-03-01T10:00:00Z"}) == Texts{"2", "3", "4"});
  CHECK(found(shell, {"--from", "2026-03-02"}).empty());
  CHECK(found(shell, {"--from", "2026-03-02", "--by", "recorded"}).size() == 6);
  CHECK(found(shell, {"--to", "2026-03-02", "--by", "recorded"}).empty());
  CHECK(found(shell, {"--text", "frühling in der straße"}) == Texts{"4"});
  CHECK(found(shell, {"--backward-clocks"}) == Texts{"4"});
  CHECK(found(shell, {"--where", "package_details.weight=2.50", "--where", "priority=normal"}) == Texts{"5"});
  CHECK(found(shell, {"--org", "org-2"}).empty());
}

TEST_CASE("find looks into events of types that the program does not know", "[find]") {
  const Shell shell;
  const auto parcel = [](const std::string& data, int version) {
    return to_line({.key = "1", .type = "ParcelPacked", .data = data, .version = version, .category = "parcel"});
  };
  (void)shell.result({"import", "--raw", "-"},
                     parcel(R"({"items":[{"sku":"a.1"},{"sku":"b"}],"labels":{"k.1":true}})", 1) +
                         parcel(R"({"items":[],"n":9007199254740993})", 2));
  CHECK(found(shell, {"--category", "parcel"}) == Texts{"1", "2"});
  CHECK(found(shell, {"--type", "ParcelPacked", "--where", "items[0].sku=a.1"}) == Texts{"1"});
  CHECK(found(shell, {"--where", "labels[\"k.1\"]=true"}) == Texts{"1"});
  CHECK(found(shell, {"--where", "items=[]"}) == Texts{"2"});
  CHECK(found(shell, {"--where", "n=9007199254740993"}) == Texts{"2"});
  CHECK(found(shell, {"--text", "A.1"}) == Texts{"1"});
}

TEST_CASE("find refuses what cannot be meant and says what may be", "[find]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, course());
  require_complaint(shell.run({"find", "--type", "MesageSent"}), 2, {"MesageSent", "did you mean MessageSent?"});
  require_complaint(shell.run({"find", "--type", "Nonsense"}), 2, {"Nonsense", "stats"});
  require_complaint(shell.run({"find", "--category", "delivry"}), 2, {"delivry", "did you mean delivery?"});
  require_complaint(shell.run({"find", "--where", "items[x]=1"}), 2, {"items[x]=1", "column 7"});
  require_complaint(shell.run({"find", "--where", "status"}), 2, {"status", "expected '='"});
  require_complaint(shell.run({"find", "--from", "2026-03-02", "--to", "2026-03-01"}), 2, {"--from", "--to"});
  require_complaint(shell.run({"find", "--from", "yesterday"}), 2, {"--from", "RFC 3339"});
  require_complaint(shell.run({"find", "--by", "written"}), 2, {"--by", "created", "recorded"});
  require_complaint(shell.run({"find", "--limit", "-1"}), 2, {"--limit"});
  require_complaint(shell.run({"find", "--stream", "nothing"}), 2, {"nothing"});
  require_complaint(shell.run({"find", "--stream", "delivery-x"}), 4, {"delivery-x", "no such stream"});
}

TEST_CASE("find says to a person that nothing fits and prints nothing in a pipe", "[find][terminal]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, course());
  CHECK(shell.result({"find", "--user", "nobody"}).empty());
  const auto outcome = shell.start({"find", "--user", "nobody"}, End::terminal, End::pipe)->finish();
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Catch::Contains("no event fits"));
}

TEST_CASE("find goes through a log of several ranges forward and backward", "[find]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, shell.result(without_claims("9000", "3")));
  const auto all = shell.result({"all"});
  Texts wanted;
  for (const auto& line : lines_of(all))
    if (value(line, "user_id") == "user-9") wanted.push_back(value(line, "position"));
  REQUIRE(wanted.size() > 10);
  CHECK(found(shell, {"--user", "user-9"}) == wanted);
  CHECK(found(shell, {}) == values(all, "position"));
  std::reverse(wanted.begin(), wanted.end());
  CHECK(found(shell, {"--user", "user-9", "--backward"}) == wanted);
  wanted.resize(5);
  CHECK(found(shell, {"--user", "user-9", "--backward", "--limit", "5"}) == wanted);
}

}  // namespace find_test
