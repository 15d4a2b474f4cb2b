#include "shell.hpp"

namespace snapshot_test {

using namespace eventstore::cli_test;

namespace {

// A delivery that went from agent to agent; 121 events.
std::string long_delivery() {
  auto lines = scheduled("d-1");
  for (int version = 2; version <= 121; ++version)
    lines += assigned("d-1", version, "agent-" + std::to_string(version));
  return lines;
}

std::vector<std::filesystem::path> snapshots(const Shell& shell) {
  std::vector<std::filesystem::path> found;
  if (!std::filesystem::exists(shell.file("store/snapshots"))) return found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{shell.file("store/snapshots")})
    if (entry.is_regular_file()) found.push_back(entry.path());
  return found;
}

void execute(const Shell& shell, const std::string& command, const std::string& json = "{}") {
  (void)shell.result({"execute", "delivery-d-1", command, json, "--org", "org-1"});
}

}  // namespace

TEST_CASE("a command on a long stream leaves a snapshot in the store's directory, and nothing looks different",
          "[snapshot]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, long_delivery());
  const auto before = shell.result({"state", "delivery-d-1"});
  CHECK(snapshots(shell).empty());  // who reads writes nothing
  execute(shell, "depart");
  REQUIRE(snapshots(shell).size() == 1);
  CHECK(snapshots(shell).front().filename() == "00000000000000000121.snapshot");
  CHECK(shell.result({"state", "delivery-d-1", "--at-version", "121"}) == before);
  const std::vector<Words> asked{
      {}, {"--at-version", "50"}, {"--at-version", "122"}, {"--at-time", "2100-01-01T00:00:00Z"}};
  for (auto words : asked) {
    words.insert(words.begin(), {"state", "delivery-d-1"});
    const auto with = shell.result(words);
    words.emplace_back("--no-snapshots");
    CHECK(shell.result(words) == with);
  }
  execute(shell, "complete");
  CHECK(snapshots(shell).size() == 1);
}

TEST_CASE("damaged or deleted snapshots change no answer", "[snapshot]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, long_delivery());
  execute(shell, "depart");
  const auto state = shell.result({"state", "delivery-d-1"});
  std::filesystem::resize_file(snapshots(shell).front(), 100);
  CHECK(shell.result({"state", "delivery-d-1"}) == state);
  execute(shell, "complete");
  CHECK(value(shell.result({"state", "delivery-d-1"}), "status") == "completed");
  CHECK(snapshots(shell).front().filename() == "00000000000000000122.snapshot");
  std::filesystem::remove_all(shell.file("store/snapshots"));
  CHECK(value(shell.result({"state", "delivery-d-1"}), "status") == "completed");
}

TEST_CASE("no-snapshots takes none", "[snapshot]") {
  const Shell shell;
  (void)shell.result({"import", "-"}, long_delivery());
  (void)shell.result({"--no-snapshots", "execute", "delivery-d-1", "depart", "--org", "org-1"});
  CHECK(snapshots(shell).empty());
}

}  // namespace snapshot_test
