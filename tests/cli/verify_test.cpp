#include <filesystem>
#include <fstream>

#include "shell.hpp"

namespace verify_test {

using namespace eventstore::cli_test;

namespace {

// Enough for a second segment; that of an import has 128 MiB, so the events are large.
void fill(const Shell& shell) {
  const std::string data(900'000, 'x');
  std::string lines;
  for (int i = 1; i <= 160; ++i)
    lines += to_line({.key = "d-" + std::to_string(i), .type = "Noted", .data = R"({"text":")" + data + "\"}"});
  (void)shell.result({"import", "-", "--raw"}, lines);
}

const std::string& segment(const Shell& shell) {
  static std::string path;
  return path = shell.file("store/segments/0000000000000001.log");
}

void flip(const std::string& path, std::size_t at) {
  std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
  file.seekp(static_cast<std::streamoff>(at));
  file.put('\x7f');
}

}  // namespace

TEST_CASE("verify says that a store is sound, and what the chain covers", "[verify]") {
  const Shell shell;
  fill(shell);
  const auto plain = shell.result({"verify"});
  CHECK(value(plain, "sound") == "true");
  CHECK(value(plain, "events") == "160");
  CHECK(value(plain, "last_position") == "160");
  CHECK(value(plain, "coverage").empty());
  std::filesystem::remove(shell.file("store/segments/0000000000000001.seal"));
  CHECK_THAT(shell.result({"verify", "--chain"}),
             Catch::Contains(
                 "no position is covered; positions 1 to 160 are in 1 finished segments that have no seal yet (the "
                 "command seal makes them) and in the unsealed tail and are not covered"));

  const auto sealed = shell.result({"seal"});
  CHECK(value(sealed, "seals_made") == "1");
  const auto covered = value(sealed, "covered_to");
  const auto head = value(sealed, "chain_head");
  CHECK(value(shell.result({"seal"}), "seals_made") == "0");
  const auto chained = shell.result({"verify", "--chain", "--chain-head", head});
  CHECK(value(chained, "chain_head") == head);
  CHECK(value(chained, "kept_head_found") == "in_log");
  CHECK(value(chained, "kept_head_covers_to") == covered);
  CHECK(value(chained, "coverage") == "positions 1 to " + covered + " are covered; positions " +
                                          std::to_string(std::stoi(covered) + 1) +
                                          " to 160 are in the unsealed tail and are not covered");

  const auto person = shell.start({"verify", "--chain"}, End::terminal, End::pipe)->finish();
  CHECK(person.exit_code == 0);
  CHECK_THAT(person.out, Catch::Contains("sound") && !Catch::Contains("{"));

  const std::string other(64, 'a');
  const auto rewritten = shell.run({"verify", "--chain-head", other});
  CHECK(rewritten.exit_code == 1);
  CHECK_THAT(rewritten.out, Catch::Contains("nothing in this store leads to the kept digest " + other));
  CHECK(rewritten.err == "eventstore: the store is not sound: 1 finding\n");

  const auto proof = shell.result({"prove", "7"});
  const auto holds = shell.result({"verify", "--proof", shell.write("proof.json", proof), "--chain-head", head});
  CHECK(value(holds, "proven") == "true");
  CHECK(value(holds, "stream") == "delivery-d-7");
  CHECK(value(holds, "chain_head") == head);
  const auto alone = run(EVENTSTORE_PROGRAM, {"--store", shell.file("none"), "verify", "--proof", "-"}, proof);
  CHECK(alone.exit_code == 0);
  CHECK(value(alone.out, "proven") == "false");
  CHECK_THAT(alone.out, Catch::Contains("proves nothing until"));
  CHECK(shell.result({"prove", "7", "--digest-only"}).size() < 2000);
  CHECK_THAT(shell.result({"verify", "--proof", "-"}, shell.result({"prove", "7", "--digest-only"})),
             !Catch::Contains("\"event\""));

  auto forged = proof;
  forged.replace(forged.find("\"position\":7"), 12, "\"position\":8");
  require_complaint(shell.run({"verify", "--proof", "-", "--chain-head", head}, forged), 1,
                    {"corrupt_record", "the event is not the one whose digest is proven"});
  require_complaint(shell.run({"verify", "--proof", "-", "--chain-head", other}, proof), 1,
                    {"and not to the kept digest"});
  require_complaint(shell.run({"verify", "--proof", "-"}, "{}"), 2, {"proof", "the field is missing"});
  require_complaint(shell.run({"verify", "--proof", "-"}, "what"), 2, {"malformed JSON"});
  require_complaint(shell.run({"verify", "--proof", shell.file("none")}), 4, {"none"});
  require_complaint(shell.run({"prove", "160"}), 4, {"no seal covers this position", "unsealed tail"});
  require_complaint(shell.run({"prove", "100000"}), 4, {"no seal covers this position"});

  // A damaged byte is named with its file, offset and position.
  flip(segment(shell), 2'000'000);
  const auto damaged = shell.run({"verify"});
  CHECK(damaged.exit_code == 1);
  CHECK(value(damaged.out, "finding") == "damage");
  CHECK(value(damaged.out, "file") == segment(shell));
  CHECK(std::stoul(value(damaged.out, "offset")) <= 2'000'000);
  CHECK(value(damaged.out, "first_position") == "3");
  CHECK(value(damaged.out, "what") == "a record's checksum does not match");
  CHECK_THAT(damaged.out, Catch::Contains("restore the file from a backup"));
  CHECK(value(lines_of(damaged.out).back(), "sound") == "false");
}

TEST_CASE("a file that only has a segment's name hides no event from any command", "[verify]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, shell.result(without_claims("300", "1")));
  const auto exported = shell.result({"export"});
  const auto found = shell.result({"find", "--type", "DeliveryScheduled"});
  REQUIRE(count_lines(exported) == 300);
  const auto* const name = GENERATE("0000000000000002", "0000000000000009", "00000000ffffffff", "2");
  const bool has_head = GENERATE(true, false);
  CAPTURE(name, has_head);
  if (!has_head) std::filesystem::remove(shell.file("store/head"));
  const auto stray = shell.file("store/segments/") + name + ".log";
  std::ofstream{stray} << "what is this";

  CHECK(value(shell.result({"stats"}), "events") == "300");
  CHECK(shell.result({"export"}) == exported);
  CHECK(shell.result({"find", "--type", "DeliveryScheduled"}) == found);
  CHECK(value(shell.result({"project", "run"}), "position") == "300");
  const auto verified = shell.run({"verify"});
  CHECK(verified.exit_code == 1);
  CHECK(value(verified.out, "file") == stray);
  CHECK_THAT(verified.out, Catch::Contains("is no segment of this log") && Catch::Contains("move the file"));
  CHECK(value(lines_of(verified.out).back(), "events") == "300");
  (void)shell.result({"append", "delivery-new"}, scheduled("new"));
  CHECK(count_lines(shell.result({"export"})) == 301);

  std::filesystem::remove(stray);
  CHECK(value(shell.result({"verify"}), "sound") == "true");
}

TEST_CASE("verify, prove and seal tell what they were not given", "[verify]") {
  const Shell shell;
  for (const auto& words : {Words{"verify"}, Words{"prove", "1"}, Words{"seal"}})
    require_complaint(shell.run(words), 4, {"not_found", "manifest"});
  require_complaint(shell.run({"verify", "--chain-head", "abc"}), 2, {"a digest is 64 hexadecimal digits"});
  require_complaint(shell.run({"verify", "--chain", "--proof", "-"}), 2, {"--proof", "--chain"});
  require_complaint(shell.run({"prove"}), 2, {"POSITION"});
  require_complaint(shell.run({"prove", "seven"}), 2, {"seven"});
}

TEST_CASE("verify sees what an import has published while it goes on", "[verify]") {
  const Shell shell;
  const auto file = shell.write("events.ndjson", shell.result(without_claims("20000")));
  const auto importing = shell.start({"import", file, "--report"});
  REQUIRE(importing->line());
  CHECK(value(shell.result({"verify", "--chain"}), "sound") == "true");
  CHECK(importing->finish().exit_code == 0);
  CHECK(value(shell.result({"verify", "--chain"}), "events") == "20000");
}

}  // namespace verify_test
