// A writer killed at any moment loses nothing that it reported as appended.
#include <time.h>

#include <csignal>
#include <random>

#include "shell.hpp"

namespace kill_test {

using namespace eventstore::cli_test;

namespace {

constexpr int rounds = 30;  // for each durability
constexpr std::size_t lines_max = 4000;

const std::string& events() {
  static const std::string lines = Shell{}.result(without_claims(std::to_string(lines_max), "5"));
  return lines;
}

// The highest line that was reported before the end.
std::size_t import_and_kill(const Shell& shell, const std::string& file, const std::string& durability,
                            std::uint64_t microseconds) {
  const auto importing = shell.start({"import", file, "--report", "--durability", durability});
  const timespec pause{0, static_cast<long>(microseconds * 1000)};
  ::nanosleep(&pause, nullptr);
  importing->signal(SIGKILL);
  std::size_t reported = 0;
  while (const auto line = importing->line())
    if (const auto number = value(*line, "line"); !number.empty()) reported = std::stoul(number);
  return reported;
}

void require_prefix(const Shell& shell, std::size_t reported) {
  const auto reading = shell.run({"all"});
  if (reading.exit_code == 4) {  // killed before there was a store
    REQUIRE(reported == 0);
    return;
  }
  CAPTURE(reading.err);
  REQUIRE(reading.exit_code == 0);
  REQUIRE(count_lines(reading.out) >= reported);
  REQUIRE((events().compare(0, reading.out.size(), reading.out) == 0));  // in order, without a gap, positions included
}

}  // namespace

TEST_CASE("an import killed at any moment keeps every line that it reported", "[kill]") {
  const auto durability = GENERATE(std::string{"every_commit"}, std::string{"on_close"});
  const auto seed = std::random_device{}();
  std::mt19937_64 random{seed};
  std::size_t killed_within = 0;
  for (int round = 0; round < rounds; ++round) {
    const Shell shell;
    const auto file = shell.write("events.ndjson", events());
    std::size_t reported = 0;
    // Killed again and again on the same store, so that recovery is killed too.
    for (int kill = 0; kill < 2; ++kill) {
      const auto microseconds = random() % 70'000;
      CAPTURE(durability, seed, round, kill, microseconds);
      reported = std::max(reported, import_and_kill(shell, file, durability, microseconds));
      require_prefix(shell, reported);
      killed_within += reported > 0 && reported < lines_max ? 1 : 0;
    }
    CAPTURE(durability, seed, round);
    const auto completed = shell.run({"import", file});
    REQUIRE(completed.exit_code == 0);
    REQUIRE(value(completed.out, "read") == std::to_string(lines_max));
    REQUIRE(std::stoul(value(completed.out, "already_there")) + std::stoul(value(completed.out, "appended")) ==
            lines_max);
    REQUIRE((shell.result({"all"}) == events()));
  }
  WARN(durability << ": " << killed_within << " of " << 2 * rounds
                  << " kills hit between the first and the last report");
}

}  // namespace kill_test
