#include "power_slice.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace eventstore::power {
namespace {

constexpr std::uint64_t seeds = 120;
constexpr std::uint64_t cuts_each = 15;
constexpr std::uint64_t whole_seeds = 3;
constexpr std::uint64_t early_seeds = 60;
constexpr std::uint64_t early_cuts = 20;
constexpr std::uint64_t threads_seeds = 1000;
// Lives that noticed what few others do: index files, and a catalog, of another history.
constexpr Life rare[] = {{140, 218}, {140, 296}, {418, 180}, {691, 164}};

// False where a promise was broken.
bool live_one(const Life& life, SliceOutcome& slice) {
  slice.last_life = fmt::format("--first-seed {} --cut {}", life.seed, life.cut);
  slice.broken = live(life).broken;
  ++slice.cuts;
  return slice.broken.empty();
}

bool live_cuts(std::uint64_t seed, std::uint64_t cuts_max, SliceOutcome& slice) {
  slice.last_life = fmt::format("--first-seed {} --cut 0", seed);
  const auto whole = live({seed, 0});
  slice.broken = whole.broken;
  if (!slice.broken.empty()) return false;
  const auto cuts = std::min(cuts_max, whole.changes);
  for (std::uint64_t i = 0; i < cuts; ++i)
    if (!live_one({seed, 1 + (i * whole.changes / cuts + seed) % whole.changes}, slice)) return false;
  return true;
}

void live_spread(std::uint64_t every, SliceOutcome& slice) {
  for (std::uint64_t seed = 1; seed <= seeds; seed += every)
    if (!live_cuts(seed, cuts_each, slice)) return;
}

void live_whole(std::uint64_t every, SliceOutcome& slice) {
  for (std::uint64_t seed = seeds + 1; seed <= seeds + whole_seeds; seed += every)
    if (!live_cuts(seed, ~std::uint64_t{0}, slice)) return;
}

// What a process leaves behind that ends while the store is made.
void live_early(std::uint64_t every, SliceOutcome& slice) {
  for (std::uint64_t seed = 1001; seed <= 1000 + early_seeds; seed += every)
    for (std::uint64_t cut = 1; cut <= early_cuts; ++cut)
      if (!live_one({seed, cut}, slice)) return;
  for (const auto& life : rare)
    if (!live_one(life, slice)) return;
}

void live_threads(std::uint64_t every, SliceOutcome& slice) {
  for (std::uint64_t seed = 1; seed <= threads_seeds; seed += every) {
    slice.last_life = fmt::format("--threads --first-seed {}", seed);
    slice.broken = live_with_threads(seed).broken;
    if (!slice.broken.empty()) return;
    ++slice.cuts;
  }
}

}  // namespace

SliceOutcome live_slice(Slice which, std::uint64_t every) {
  SliceOutcome slice;
  switch (which) {
    case Slice::spread: live_spread(every, slice); break;
    case Slice::whole: live_whole(every, slice); break;
    case Slice::early: live_early(every, slice); break;
    case Slice::threads: live_threads(every, slice); break;
  }
  return slice;
}

}  // namespace eventstore::power
