// A slice of the lives that power_cuts lives: every change of the disk in turn, for a few seeds.
#include "power_run.hpp"

using namespace eventstore;
using namespace eventstore::power;

namespace {

void keeps_all_promises(std::uint64_t seed) {
  const auto whole = live({seed, 0});
  CAPTURE(seed);
  REQUIRE(whole.broken == "");
  for (std::uint64_t cut = 1; cut <= whole.changes; ++cut) {
    const auto outcome = live({seed, cut});
    if (!outcome.broken.empty())
      FAIL("see it again with: power_cuts --first-seed " << seed << " --cut " << cut << ": " << outcome.broken);
  }
}

}  // namespace

TEST_CASE("what was acknowledged survives a power cut at any change of the disk", "[power]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) keeps_all_promises(seed);
}

TEST_CASE("the same seed and cut do the same operations every time", "[power]") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed)
    for (const std::uint64_t cut : {0, 7, 40, 90}) {
      CAPTURE(seed, cut);
      const auto first = live({seed, cut});
      const auto second = live({seed, cut});
      CHECK(first.trace == second.trace);
      CHECK(first.changes == second.changes);
    }
}
