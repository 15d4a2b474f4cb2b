// A slice of the lives that power_cuts lives.
#include <catch2/catch.hpp>

#include "power_slice.hpp"

namespace power_test {

using namespace eventstore::power;

namespace {

// Sanitizers slow a life down tenfold; they look for what goes wrong in memory, and fewer lives show it.
#ifdef EVENTSTORE_SANITIZED
constexpr std::uint64_t every = 8;
#else
constexpr std::uint64_t every = 1;
#endif

void check(Slice which, std::uint64_t cuts) {
  const auto slice = live_slice(which, every);
  INFO("see it again with: power_cuts " << slice.last_life);
  CHECK(slice.broken == "");
  CHECK(slice.cuts >= cuts / every);
}

}  // namespace

// Slices of their own, so that they run side by side.
TEST_CASE("what was acknowledged survives a power cut at some changes of the disk in each of many lives", "[power]") {
  check(Slice::spread, 1500);
}

TEST_CASE("what was acknowledged survives a power cut at any change of the disk in a life", "[power]") {
  check(Slice::whole, 300);
}

TEST_CASE("a power cut while a store is made leaves what the next process can use", "[power]") {
  check(Slice::early, 1000);
}

TEST_CASE("what was acknowledged to any of several threads survives a power cut", "[power]") {
  check(Slice::threads, 1000);
}

TEST_CASE("the same seed gives threads their turns in the same order", "[power]") {
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    CAPTURE(seed);
    const auto first = live_with_threads(seed);
    const auto second = live_with_threads(seed);
    CHECK(first.turns == second.turns);
    CHECK(first.trace == second.trace);
  }
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

}  // namespace power_test
