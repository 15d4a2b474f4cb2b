// Cuts the power at many places in many lives, and says which promises were broken.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "power_slice.hpp"

using namespace eventstore::power;

namespace {

struct Progress {
  std::uint64_t seeds = 0;
  std::uint64_t cuts = 0;
  std::uint64_t broken = 0;
};

// Says in one line what broke and how to see it again.
void tell(const Life& life, const std::string& broken) {
  if (broken.empty()) return;
  std::printf("broken: power_cuts --first-seed %llu --cut %llu: %s\n", static_cast<unsigned long long>(life.seed),
              static_cast<unsigned long long>(life.cut), broken.c_str());
  std::fflush(stdout);
}

void live_and_tell(const Life& life, Progress& progress) {
  const auto outcome = live(life);
  ++progress.cuts;
  progress.broken += outcome.broken.empty() ? 0 : 1;
  tell(life, outcome.broken);
}

// All cuts of one seed; or `cuts_max` of them, evenly, beginning elsewhere for each seed.
void live_all_cuts(std::uint64_t seed, std::uint64_t cuts_max, Progress& progress) {
  const auto whole = live({seed, 0});
  if (!whole.broken.empty()) live_and_tell({seed, 0}, progress);
  const auto cuts = cuts_max == 0 || cuts_max > whole.changes ? whole.changes : cuts_max;
  for (std::uint64_t i = 0; i < cuts; ++i)
    live_and_tell({seed, 1 + (i * whole.changes / cuts + seed) % whole.changes}, progress);
  ++progress.seeds;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t first_seed = 1;
  std::uint64_t seeds = 1;
  std::uint64_t cuts = 0;
  std::uint64_t cut = 0;
  CLI::App app{"Cuts the power of simulated stores, and checks what is left"};
  app.add_option("--first-seed", first_seed, "the first seed; each seed is another history");
  app.add_option("--seeds", seeds, "how many seeds");
  app.add_option("--cuts", cuts, "how many cuts for all seeds together; 0: at every change of the disk");
  const auto* const one = app.add_option("--cut", cut, "only this cut of the first seed; 0: after the last action");
  bool is_slice = false;
  app.add_flag("--slice", is_slice, "only what the tests run, up to the first broken promise");
  CLI11_PARSE(app, argc, argv);
  Progress progress;
  if (is_slice) {
    const auto slice = live_slice();
    tell(slice.life, slice.broken);
    std::printf("%llu cuts\n", static_cast<unsigned long long>(slice.cuts));
    return slice.broken.empty() ? 0 : 1;
  }
  if (!one->empty()) {
    live_and_tell({first_seed, cut}, progress);
    if (progress.broken == 0) std::printf("kept: all promises\n");
    return progress.broken == 0 ? 0 : 1;
  }
  for (std::uint64_t i = 0; i < seeds; ++i) {
    live_all_cuts(first_seed + i, cuts == 0 ? 0 : (cuts - progress.cuts + seeds - i - 1) / (seeds - i), progress);
    if ((i + 1) % 50 != 0 && i + 1 != seeds) continue;
    std::printf("%llu seeds, %llu cuts, %llu broken\n", static_cast<unsigned long long>(progress.seeds),
                static_cast<unsigned long long>(progress.cuts), static_cast<unsigned long long>(progress.broken));
    std::fflush(stdout);
  }
  return progress.broken == 0 ? 0 : 1;
}
