#include "shell.hpp"

namespace import_input_test {

using namespace eventstore::cli_test;

namespace {

// Long enough that a gzip stream of it has many blocks.
std::string many_events() {
  static const std::string events = Shell{}.result(without_claims("5000", "3"));
  return events;
}

void require_prefix(const Shell& shell, const Outcome& outcome) {
  const auto kept = shell.result({"all"});
  const auto count = count_lines(kept);
  CAPTURE(outcome.out, outcome.err, count);
  CHECK(count > 0);
  CHECK(count < 5000);
  CHECK(value(outcome.out, "appended") == std::to_string(count));
  const auto all = many_events();
  CHECK((all.compare(0, kept.size(), kept) == 0));
}

}  // namespace

TEST_CASE("a file that is missing is not found", "[import]") {
  const Shell shell;
  require_complaint(shell.run({"import", shell.file("nothing.ndjson")}), 4,
                    {"not_found", "nothing.ndjson", "No such file"});
  CHECK(shell.run({"stats"}).exit_code == 4);
}

TEST_CASE("a folder in place of a file is a failure", "[import]") {
  const Shell shell;
  require_complaint(shell.run({"import", shell.file("")}), 1, {"directory"});
}

TEST_CASE("a gzip file that is cut off gives what it holds, then the reason", "[import]") {
  const Shell shell;
  auto packed = gzip(many_events());
  packed.resize(packed.size() / 2);
  const auto outcome = shell.run({"import", shell.write("cut.gz", packed)});
  require_complaint(outcome, 2, {"cut.gz", "gzip", "cut off"});
  require_prefix(shell, outcome);
}

TEST_CASE("a gzip file that lacks only its last bytes is cut off too", "[import]") {
  const Shell shell;
  auto packed = gzip(many_events());
  packed.resize(packed.size() - 3);
  const auto outcome = shell.run({"import", shell.write("cut.gz", packed)});
  require_complaint(outcome, 2, {"cut.gz", "gzip"});
  CHECK(value(outcome.out, "appended") == "5000");
}

TEST_CASE("a gzip file that is damaged gives what comes before", "[import]") {
  const Shell shell;
  auto packed = gzip(many_events());
  for (std::size_t at = packed.size() * 2 / 3; at < packed.size() * 2 / 3 + 64; ++at)
    packed[at] = static_cast<char>(~packed[at]);
  const auto file = shell.write("bad.gz", packed);
  const auto outcome = shell.run({"import", file});
  CHECK(outcome.exit_code == 2);
  CHECK(count_lines(outcome.err) == 1);
  require_prefix(shell, outcome);
  const Shell skipping;
  const auto skipped = skipping.run({"import", file, "--on-error", "skip"});
  CHECK(skipped.exit_code == 2);
  CHECK_THAT(lines_of(skipped.err).back(), Catch::Contains("bad.gz") && Catch::Contains("the gzip stream is damaged"));
}

TEST_CASE("a plain file that ends within a line keeps the lines before", "[import]") {
  const Shell shell;
  const auto text = completed_delivery("d-1");
  require_complaint(shell.run({"import", "-"}, text.substr(0, text.size() - 20)), 2, {"line 4", "JSON"});
  CHECK(count_lines(shell.result({"export"})) == 3);
}

TEST_CASE("gzip members one after the other are one file", "[import]") {
  const Shell shell;
  const auto packed = gzip(completed_delivery("d-1")) + gzip(completed_delivery("d-2"));
  CHECK(value(shell.result({"import", shell.write("two.gz", packed)}), "appended") == "8");
}

}  // namespace import_input_test
