#include "shell.hpp"

namespace import_refusal_test {

using namespace eventstore::cli_test;

namespace {

std::string delivery(const std::string& data, const std::string& rest = {}) {
  return R"({"event_type":"DeliveryAssigned","event_data":)" + data +
         R"(,"aggregate_id":"d-1","aggregate_type":"delivery","created_at":"2026-01-27T10:30:00Z")" + rest + "}\n";
}

struct BadLine {
  std::string what;
  std::string line;
  std::vector<std::string> named;
};

const std::vector<BadLine> bad_lines{
    {"malformed JSON", "{\"event_type\":\n", {"malformed JSON"}},
    {"no object", "[1,2]\n", {"object"}},
    {"text behind the object",
     delivery(R"({"agent_id":"a"})").insert(delivery(R"({"agent_id":"a"})").size() - 1, " x"),
     {"JSON"}},
    {"bad UTF-8", delivery("{\"agent_id\":\"\xff\"}"), {"UTF-8"}},
    {"a missing field", delivery("{}"), {"event_data.agent_id", "missing"}},
    {"an unknown field", delivery(R"({"agent_id":"a","colour":1})"), {"event_data.colour", "unknown"}},
    {"an unknown field of the line", delivery(R"({"agent_id":"a"})", R"(,"colour":1)"), {"colour", "unknown"}},
    {"a wrong type", delivery(R"({"agent_id":7})"), {"event_data.agent_id", "number"}},
    {"a wrong version", delivery(R"({"agent_id":"a"})", R"(,"version":"one")"), {"version"}},
    {"version 0", delivery(R"({"agent_id":"a"})", R"(,"version":0)"), {"version"}},
    {"a wrong event id", delivery(R"({"agent_id":"a"})", R"(,"event_id":"7")"), {"event_id"}},
    {"no time",
     R"({"event_type":"DeliveryAssigned","event_data":{"agent_id":"a"},"aggregate_id":"d-1","aggregate_type":"delivery"})"
     "\n",
     {"created_at", "missing"}},
    {"an unknown event type", to_line({.type = "DeliveryTeleported"}), {"unknown_event_type", "DeliveryTeleported"}},
    {"an unknown category", to_line({.category = "parcel"}), {"unknown_event_type", "parcel"}},
};

}  // namespace

TEST_CASE("a bad line stops the import, by its number, and everything before it is kept", "[import]") {
  for (const auto& bad : bad_lines) {
    DYNAMIC_SECTION(bad.what) {
      const Shell shell;
      const auto outcome = shell.run({"import", "-"}, scheduled("d-1") + "\n" + bad.line + assigned("d-1", 2));
      auto parts = bad.named;
      parts.emplace_back("line 3");
      require_complaint(outcome, 2, parts);
      CHECK(outcome.out == R"({"read":2,"appended":1,"already_there":0,"refused":1,"unclaimed":0})"
                           "\n");
      CHECK(count_lines(shell.result({"export"})) == 1);
    }
  }
}

TEST_CASE("option --on-error skip goes on and names each line that it leaves out", "[import]") {
  const Shell shell;
  const auto outcome =
      shell.run({"import", "-", "--on-error", "skip"},
                scheduled("d-1") + "nonsense\n" + assigned("d-1", 2) + assigned("d-1", 9) + assigned("d-1", 3));
  CHECK(outcome.out == R"({"read":5,"appended":3,"already_there":0,"refused":2,"unclaimed":0})"
                       "\n");
  const auto complaints = lines_of(outcome.err);
  REQUIRE(complaints.size() == 2);
  CHECK_THAT(complaints[0], Catch::Contains("line 2"));
  CHECK_THAT(complaints[1], Catch::Contains("line 4") && Catch::Contains("version"));
  CHECK(count_lines(shell.result({"export"})) == 3);
}

TEST_CASE("option --on-error FILE keeps exactly the lines that were left out", "[import]") {
  const Shell shell;
  const auto wrong_claim = assigned("d-1", 9);
  const std::string odd = "{ \"odd\" :  1}\n";
  const auto outcome = shell.run({"import", "-", "--on-error", shell.file("refused.ndjson")},
                                 scheduled("d-1") + odd + assigned("d-1", 2) + wrong_claim + assigned("d-1", 3));
  CHECK(value(outcome.out, "refused") == "2");
  CHECK(value(outcome.out, "appended") == "3");
  CHECK(shell.read("refused.ndjson") == odd + wrong_claim);
}

TEST_CASE("a file for refused lines that cannot be written is told before anything is done", "[import]") {
  const Shell shell;
  const auto outcome = shell.run({"import", "-", "--on-error", shell.file("no/such/folder")}, scheduled("d-1"));
  require_complaint(outcome, 1, {"no/such/folder"});
  CHECK(shell.run({"stats"}).exit_code == 4);
}

TEST_CASE("the file that is read is not the file for refused lines", "[import]") {
  const Shell shell;
  const auto lines = scheduled("d-1") + "nonsense\n";
  const auto path = shell.write("lines.ndjson", lines);
  require_complaint(shell.run({"import", path, "--on-error", path}), 2, {"lines.ndjson", "the file that is read"});
  CHECK(shell.read("lines.ndjson") == lines);
}

TEST_CASE("refused lines that cannot be kept stop the import", "[import]") {
  const Shell shell;
  const auto outcome =
      shell.run({"import", "-", "--on-error", "/dev/full"}, scheduled("d-1") + "nonsense\n" + scheduled("d-2"));
  CHECK(outcome.exit_code == 1);
  CHECK_THAT(lines_of(outcome.err).back(), Catch::Contains("/dev/full"));
  CHECK(value(outcome.out, "appended") == "1");
}

TEST_CASE("option --raw keeps what this build does not know, and refuses malformed JSON all the same", "[import]") {
  const Shell shell;
  const auto unknown = to_line({.key = "p-1",
                                .type = "ParcelWrapped",
                                .data = R"({"paper":"blue","bows":2})",
                                .version = 1,
                                .category = "parcel"});
  CHECK(value(shell.result({"import", "-", "--raw"}, unknown + scheduled("d-1")), "appended") == "2");
  const auto events = lines_of(shell.result({"export"}));
  REQUIRE(events.size() == 2);
  CHECK_THAT(events[0], Catch::Contains(R"("event_data":{"paper":"blue","bows":2})"));
  CHECK(value(shell.result({"import", "-", "--raw"}, unknown), "already_there") == "1");
  require_complaint(shell.run({"import", "-", "--raw"}, "{]\n"), 2, {"line 1"});
}

TEST_CASE("an event may have 16 MiB and no more", "[import]") {
  constexpr std::size_t mebibyte = 1024 * 1024;
  const auto with_notes = [](std::size_t size, int version) {
    return to_line({.data = R"({"agent_id":"a","notes":")" + std::string(size, 'x') + "\"}", .version = version});
  };
  const Shell shell;
  const auto fits = with_notes(16 * mebibyte - 4096, 2);
  CHECK(value(shell.result({"import", "-"}, scheduled("d-1") + fits + assigned("d-1", 3)), "appended") == "3");
  const auto outcome = shell.run({"import", "-"}, scheduled("d-2") + with_notes(17 * mebibyte, 4));
  require_complaint(outcome, 2, {"too_large", "line 2", "16"});
  CHECK(value(outcome.out, "appended") == "1");
  CHECK(value(shell.result({"stats"}), "events") == "4");
}

}  // namespace import_refusal_test
