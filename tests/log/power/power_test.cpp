// A slice of the lives that power_cuts lives: every change of the disk in turn, for a few seeds.
#include "power_run.hpp"

using namespace eventstore;
using namespace eventstore::power;

namespace {

std::uint64_t changes_of_kept(const Life& life) {
  const auto outcome = live(life);
  if (!outcome.broken.empty())
    FAIL("see it again with: power_cuts --first-seed " << life.seed << " --cut " << life.cut << ": " << outcome.broken);
  return outcome.changes;
}

}  // namespace

TEST_CASE("what was acknowledged survives a power cut at any change of the disk", "[power]") {
  std::uint64_t cuts = 0;
  for (std::uint64_t seed = 1; seed <= 24; ++seed) {
    const auto changes = changes_of_kept({seed, 0});
    for (std::uint64_t cut = 1; cut <= changes; ++cut) changes_of_kept({seed, cut});
    cuts += changes;
  }
  CHECK(cuts >= 2000);
}

TEST_CASE("the same seed and cut do the same operations every time", "[power]") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed)
    for (const std::uint64_t cut : {0U, 7U, 40U, 90U}) {
      CAPTURE(seed, cut);
      const auto first = live({seed, cut});
      const auto second = live({seed, cut});
      CHECK(first.trace == second.trace);
      CHECK(first.changes == second.changes);
    }
}
