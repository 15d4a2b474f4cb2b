#include <filesystem>

#include "shell.hpp"

namespace backup_test {

using namespace eventstore::cli_test;

namespace {

// The program on another store in the same folder.
Outcome run_in(const Shell& shell, const std::string& name, const Words& words) {
  Words all{"--store", shell.file(name)};
  all.insert(all.end(), words.begin(), words.end());
  return run(EVENTSTORE_PROGRAM, all);
}

std::string in_store(const Shell& shell, const std::string& name, const Words& words) {
  const auto outcome = run_in(shell, name, words);
  CAPTURE(words, outcome.err);
  REQUIRE(outcome.exit_code == 0);
  return outcome.out;
}

// A backup has no keys.
void put_keys(const Shell& shell, const std::string& name) {
  std::filesystem::create_directory(shell.file(name) + "/keys");
  std::filesystem::copy_file(shell.store() + "/keys/keys.sqlite", shell.file(name) + "/keys/keys.sqlite");
}

std::string restored(const Shell& shell, const std::string& name, Words options = {}) {
  options.insert(options.begin(), {"restore", shell.file("backup")});
  return in_store(shell, name, options);
}

}  // namespace

TEST_CASE("a store comes back from its backup, event for event", "[backup]") {
  const Shell shell;
  const auto events = shell.result(without_claims("500"));
  (void)shell.result({"import", "-"}, events);
  const auto first = shell.result({"backup", shell.file("backup")});
  CHECK(value(first, "position") == "500");
  CHECK(value(first, "files_copied") == "1");
  CHECK(value(first, "files_kept") == "0");
  CHECK(value(first, "bytes") == value(first, "bytes_copied"));
  const auto again = shell.result({"backup", shell.file("backup")});
  CHECK(value(again, "files_copied") == "0");
  CHECK(value(again, "bytes_copied") == "0");
  CHECK(value(again, "files_kept") == "1");

  const auto made = restored(shell, "copy");
  put_keys(shell, "copy");
  CHECK(value(made, "position") == "500");
  CHECK(value(made, "store_id") == value(first, "store_id"));
  CHECK(value(made, "recorded_to") == value(first, "recorded_to"));
  CHECK(made.find("left_out") == std::string::npos);
  CHECK(in_store(shell, "copy", {"all"}) == shell.result({"all"}));
  (void)in_store(shell, "copy", {"record", "log_action", "u-1", "view", "report", "r-1", "--org", "o"});
  CHECK(value(in_store(shell, "copy", {"all", "--backward", "--limit", "1"}), "position") == "501");
}

TEST_CASE("option --check says whether a backup is whole", "[backup]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  const auto made = shell.result({"backup", shell.file("backup")});
  const auto checked = shell.result({"backup", shell.file("backup"), "--check"});
  CHECK(value(checked, "complete") == "true");
  CHECK(value(checked, "position") == "4");
  CHECK(value(checked, "made_at") == value(made, "made_at"));

  (void)shell.write("backup/in-progress", "");
  const auto cut_off = shell.run({"backup", shell.file("backup"), "--check"});
  CHECK(value(cut_off.out, "complete") == "false");
  require_complaint(cut_off, 1, {"cut off", "position 4", "run backup again"});

  const auto segment = "backup/segments/0000000000000001.log";
  auto bytes = shell.read(segment);
  bytes[300] = static_cast<char>(~bytes[300]);
  (void)shell.write(segment, bytes);
  require_complaint(shell.run({"backup", shell.file("backup"), "--check"}), 1,
                    {"corrupt_record", segment, "another copy"});
  require_complaint(run_in(shell, "copy", {"restore", shell.file("backup")}), 1, {"corrupt_record", segment});
  require_complaint(run_in(shell, "copy", {"all"}), 4, {"no store"});
}

TEST_CASE("a restore ends at a position or a time", "[backup]") {
  const Shell shell;
  (void)shell.result({"append", "delivery-d-1", "--org", "org-1"}, completed_delivery("d-1"));
  (void)shell.result({"import", "-"}, completed_delivery("d-2"));
  const auto made = shell.result({"backup", shell.file("backup")});
  CHECK(value(restored(shell, "at-6", {"--to-position", "6"}), "position") == "4");
  const auto inside = restored(shell, "at-3", {"--to-position", "3"});
  CHECK(value(inside, "position") == "0");
  CHECK(value(inside, "left_out_from") == "1");
  CHECK(value(inside, "left_out_to") == "4");
  CHECK(value(restored(shell, "then", {"--to-time", value(made, "recorded_from")}), "position") == "4");
  CHECK(value(restored(shell, "long-ago", {"--to-time", "2020-01-01T00:00:00Z"}), "position") == "0");
  put_keys(shell, "then");
  CHECK(count_lines(in_store(shell, "then", {"all"})) == 4);
}

TEST_CASE("what cannot be backed up or restored is told in one line", "[backup]") {
  const Shell shell;
  const auto backup = shell.file("backup");
  require_complaint(shell.run({"backup", backup}), 4, {"not_found", "there is no store"});
  require_complaint(shell.run({"backup", backup, "--check"}), 4, {"there is no backup"});
  require_complaint(shell.run({"restore", backup}), 4, {"there is no backup"});
  (void)shell.result({"import", "-"}, completed_delivery("d-1"));
  (void)shell.result({"backup", backup});
  require_complaint(shell.run({"restore", backup}), 2, {"invalid_argument", shell.store(), "not empty"});
  require_complaint(shell.run({"backup", shell.store()}), 2, {"other files"});
  require_complaint(run_in(shell, "copy", {"restore", backup, "--to-position", "5"}), 4,
                    {"the backup ends at position 4"});
  require_complaint(run_in(shell, "copy", {"restore", backup, "--to-position", "-1"}), 2, {"--to-position"});
  require_complaint(run_in(shell, "copy", {"restore", backup, "--to-time", "noon"}), 2, {"noon", "RFC 3339"});
  require_complaint(shell.run({"backup"}), 2, {"DIR"});
  require_complaint(shell.run({"restore"}), 2, {"DIR"});
  CHECK_FALSE(std::filesystem::exists(shell.file("copy")));
  const Shell other;
  (void)other.result({"import", "-"}, completed_delivery("d-1"));
  require_complaint(other.run({"backup", backup}), 2, {"another store", "another directory"});
}

TEST_CASE("a person gets an outline and a bar", "[backup]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, shell.result(without_claims("100")));
  const auto outcome = shell.start({"backup", shell.file("backup")}, End::terminal, End::terminal)->finish();
  CHECK(outcome.exit_code == 0);
  CHECK_THAT(outcome.out, Catch::StartsWith("store_id") && Catch::Contains("position"));
  CHECK(outcome.out.find('{') == std::string::npos);
}

TEST_CASE("a backup beside an import that goes on is whole", "[backup]") {
  const Shell shell;
  const auto events = shell.write("events.ndjson", shell.result(without_claims("20000")));
  const auto importing = shell.start({"import", events, "--report"});
  REQUIRE(importing->line());
  const auto during = shell.result({"backup", shell.file("backup")});
  CHECK(importing->finish().exit_code == 0);
  const auto position = value(during, "position");
  CHECK(std::stoull(position) > 0);
  CHECK(in_store(shell, "store", {"export", "--to", position}) ==
        (restored(shell, "copy"), in_store(shell, "copy", {"export"})));
  CHECK(value(shell.result({"backup", shell.file("backup")}), "position") == "20000");
  CHECK(value(shell.result({"backup", shell.file("backup"), "--check"}), "position") == "20000");
}

}  // namespace backup_test
