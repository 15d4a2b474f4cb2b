#include "killing.hpp"

#include <time.h>

#include <csignal>
#include <cstdlib>

namespace eventstore::cli_test {

int kills() {
  const auto* const asked = std::getenv("EVENTSTORE_KILLS");
  return asked == nullptr ? 40 : std::atoi(asked);
}

Outcome kill_within(std::uint64_t microseconds, std::mt19937_64& random, const Shell& shell, const Words& words) {
  const auto working = shell.start(words);
  const timespec pause{0, static_cast<long>(random() % microseconds * 1000)};
  ::nanosleep(&pause, nullptr);
  working->signal(SIGKILL);
  return working->finish();
}

bool was_killed(const Outcome& outcome) { return outcome.exit_code == 128 + SIGKILL; }

}  // namespace eventstore::cli_test
