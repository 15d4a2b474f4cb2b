// The files that export writes for process mining; what stands in them is tested in tests/app.
#include <sys/stat.h>

#include "shell.hpp"

namespace export_file_test {

using namespace eventstore::cli_test;

namespace {

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("exported files have as many cases and events and objects as stats says", "[export][mining]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, shell.result(without_claims("3000", "3")));
  const auto stats = shell.result({"stats"});
  const auto traces = shell.result({"export", "--xes", shell.file("log.xes"), "--category", "delivery"});
  CHECK(value(traces, "traces") == value(stats, "delivery"));
  const auto xes = shell.read("log.xes");
  CHECK(std::to_string(count_of(xes, "<trace>")) == value(stats, "delivery"));
  CHECK(std::to_string(count_of(xes, "<event>")) == value(traces, "events"));
  CHECK(std::to_string(count_of(xes, R"("concept:name" value="DeliveryScheduled")")) ==
        value(stats, "DeliveryScheduled"));
  for (const auto* const name : {"log.sqlite", "log.json"}) {
    const auto objects = shell.result({"export", "--ocel", shell.file(name)});
    CHECK(value(objects, "events") == value(stats, "events"));
    const auto streams = std::stoul(value(objects, "objects")) - std::stoul(value(objects, "referred_objects"));
    CHECK(std::to_string(streams) == value(stats, "streams"));
  }
  CHECK(std::to_string(count_of(shell.read("log.json"), R"("type":"conversation","attributes")")) ==
        value(stats, "conversation"));
}

TEST_CASE("a delivery is related to its customer and its agent", "[export][mining]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  (void)shell.result({"export", "--ocel", shell.file("log.json")});
  const auto json = shell.read("log.json");
  CHECK(count_of(json, R"({"objectId":"delivery-d-1","qualifier":"delivery"})") == 4);
  CHECK(count_of(json, R"({"objectId":"agent-agent-1","qualifier":"agent_id"})") == 2);
  CHECK(count_of(json, R"("qualifier":"customer_id"})") == 2);
  CHECK(count_of(json, R"({"name":"status","time":)") == 2);  // the four events have two times
}

TEST_CASE("export with a file refuses what does not go together and says what to write", "[export][mining]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  const auto xes = shell.file("log.xes");
  require_complaint(shell.run({"export", "--xes", xes}), 2, {"--category", "--ocel FILE"});
  require_complaint(shell.run({"export", "--xes", xes, "--category", "Delivery!"}), 2, {"Delivery!"});
  require_complaint(shell.run({"export", "--ocel", xes}), 2, {".sqlite or .json"});
  require_complaint(shell.run({"export", "--ocel", shell.file("log.json"), "--limit", "5"}), 2, {"--limit"});
  require_complaint(shell.run({"export", "--ocel", shell.file("log.json"), "--from", "9", "--to", "2"}), 2,
                    {"--from 9 --to 2"});
  require_complaint(shell.run({"export", "--xes", xes, "--category", "delivery", "--ocel", "log.json"}), 2, {"--ocel"});
  require_complaint(shell.run({"export", "--ocel", shell.file("none/log.json")}), 4, {"none/log.json"});
  for (const auto* const option : {"--xes", "--ocel"})
    require_complaint(shell.run({"export", option, shell.file("log.json"), "--category", "deliveries"}), 2,
                      {"deliveries", "did you mean delivery?"});
  CHECK_FALSE(std::filesystem::exists(shell.file("log.json")));
  CHECK_FALSE(std::filesystem::exists(xes));
  CHECK(Shell{}.run({"export", "--ocel", "log.sqlite"}).exit_code == 4);
}

TEST_CASE("characters that XML cannot hold are told", "[export][mining]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, scheduled("d-1"));
  (void)shell.result({"import", "-"}, to_line({.data = R"({"agent_id":"a\u0001b"})", .version = 2}));
  const auto outcome = shell.run({"export", "--xes", shell.file("log.xes"), "--category", "delivery"});
  CHECK(outcome.exit_code == 0);
  CHECK(value(outcome.out, "replaced_characters") == "1");
  CHECK_THAT(outcome.err, Catch::Contains("U+FFFD"));
}

TEST_CASE("a file is made only where it costs nothing else", "[export][as-of][report]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  const auto pipe = shell.file("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const auto link = shell.file("link.json");
  std::filesystem::create_symlink(shell.write("mine.json", "mine"), link);
  const auto refused = [&](const std::string& place, int exit_code, const std::string& why) {
    for (const Words& words : {Words{"export", "--category", "delivery", "--xes", place},
                               Words{"as-of", "now", "--out", place}, Words{"report", "delivery-d-1", "--html", place}})
      require_complaint(shell.run(words), exit_code, {place, why});
  };
  refused(shell.store() + "/manifest", 2, "belongs to the store");
  refused(shell.store() + "/collections.sqlite", 2, "belongs to the store");
  refused(shell.store() + "/../store/segments/new.log", 2, "belongs to the store");
  refused(pipe, 2, "a pipe");
  refused(link, 2, "a link");
  refused(shell.file("store-2") + "/", 2, "name a file");
  refused(shell.file("none/new"), 4, "make it first");
  CHECK(std::filesystem::is_fifo(pipe));
  CHECK(shell.read("mine.json") == "mine");
  CHECK(value(shell.result({"verify"}), "sound") == "true");
}

TEST_CASE("an export touches no other file beside its own", "[export][mining]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  (void)shell.write("log.json.partial", "mine");
  (void)shell.result({"export", "--ocel", shell.file("log.json")});
  (void)shell.result({"export", "--ocel", shell.file("log.sqlite")});
  CHECK(shell.read("log.json.partial") == "mine");
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& each : std::filesystem::directory_iterator{shell.file("")}) ++files;
  CHECK(files == 4);
}

}  // namespace export_file_test
