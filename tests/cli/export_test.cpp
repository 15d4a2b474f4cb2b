#include <regex>
#include <set>

#include "shell.hpp"

namespace export_test {

using namespace eventstore::cli_test;

namespace {

// Of the exported lines, those that were made up, without the positions: claims of unique values stand among them.
std::string without_claim_events(const std::string& exported) {
  static const std::regex position{R"(,"position":[0-9]+)"};
  std::string lines;
  for (const auto& line : lines_of(exported))
    if (line.find(R"("aggregate_type":"claim")") == std::string::npos)
      lines += std::regex_replace(line, position, "") + '\n';
  return lines;
}

}  // namespace

TEST_CASE("what is exported gives the same store again, to the byte", "[export]") {
  const Shell first;
  const auto generated = first.result(without_claims("3000", "11"));
  (void)first.result({"import", "-"},
                     generated + completed_delivery("d-1") + to_line({.key = "größe 1", .organization = "org-ü"}));
  const auto cleared = first.run({"export", "--clear"});
  CHECK_THAT(cleared.err, Catch::Contains("personal data and secrets in clear"));
  const auto& exported = cleared.out;
  CHECK((first.result({"all"}) == exported));
  const Shell second;
  const auto counts = second.result({"import", "-"}, exported);
  CHECK(value(counts, "appended") == "3005");
  CHECK(value(counts, "unclaimed") == "0");
  CHECK((second.result({"all"}) == exported));
  CHECK(value(first.result({"import", "-"}, exported), "already_there") == "3005");
}

TEST_CASE("exported lines have personal data encrypted, and only a store with the keys takes them", "[export]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  const std::string address = "Main Street 1";
  CHECK_THAT(shell.result({"all"}), Catch::Contains(address));
  const auto exported = shell.result({"export"});
  CHECK_THAT(exported, !Catch::Contains(address) && Catch::Contains(R"("address":{"$encrypted":")"));
  CHECK(value(shell.result({"import", "-"}, exported), "already_there") == "4");
  CHECK(shell.result({"export"}) == exported);
  const Shell stranger;
  require_complaint(stranger.run({"import", "-"}, exported), 1, {"line 1", "missing_key"});
  CHECK(value(stranger.run({"import", "-", "--on-error", "skip"}, exported).out, "refused") != "0");
  require_complaint(shell.run({"export", "--clear", "--ocel", shell.file("log.json")}), 2, {"--clear"});
}

TEST_CASE("the same seed makes up the same events, another one others", "[generate]") {
  const Shell shell;
  const Words words{"generate", "--events", "500", "--seed"};
  const auto with_seed = [&](const std::string& seed) {
    return shell.result({"generate", "--events", "500", "--seed", seed});
  };
  const auto events = with_seed("7");
  CHECK(count_lines(events) == 500);
  CHECK((with_seed("7") == events));
  CHECK((with_seed("8") != events));
  CHECK((shell.result({"generate", "--events", "1000", "--seed", "7"}).starts_with(events)));
  CHECK_FALSE(std::filesystem::exists(shell.store()));
}

TEST_CASE("made-up events are taken without refusal, show every event type and come back as they were", "[generate]") {
  const Shell shell;
  const auto events = shell.result({"generate", "--events", "20000", "--seed", "1"});
  const auto counts = shell.result({"import", "-"}, events);
  CHECK(counts == R"({"read":20000,"appended":20000,"already_there":0,"refused":0,"unclaimed":0})"
                  "\n");
  const auto types = values(events, "event_type");
  const std::set<std::string> seen{types.begin(), types.end()};
  const auto known = values(Shell{}.result({"schema", "list"}), "event_type");
  CHECK(seen == std::set<std::string>{known.begin(), known.end()});
  CHECK((without_claim_events(shell.run({"export", "--clear"}).out) == without_claim_events(events)));
}

TEST_CASE("no events can be asked for", "[generate]") { CHECK(Shell{}.result({"generate", "--events", "0"}).empty()); }

}  // namespace export_test
