// Cuts the power at many places in many lives, and says which promises were broken.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>

#include "power_slice.hpp"
#include "threads_life.hpp"

using namespace eventstore::power;

namespace {

void say(const std::string& line) {
  std::puts(line.c_str());
  std::fflush(stdout);
}

// Says in one line what broke and how to see it again.
void tell(const Life& life, const std::string& broken) {
  if (!broken.empty()) say(fmt::format("broken: power_cuts --first-seed {} --cut {}: {}", life.seed, life.cut, broken));
}

// Lives one life after the other, and says every minute how far it is. A life takes milliseconds: with one that has
// not ended within a minute, the program ends.
class Lives {
 public:
  Outcome live(const Life& life) {
    {
      const std::scoped_lock lock{mutex_};
      life_ = life;
      ++lives_;
    }
    auto outcome = eventstore::power::live(life);
    const std::scoped_lock lock{mutex_};
    cuts_ += life.cut == 0 ? 0 : 1;
    broken_ += outcome.broken.empty() ? 0 : 1;
    tell(life, outcome.broken);
    return outcome;
  }
  // All cuts of one seed; or `cuts_max` of them, evenly, beginning elsewhere for each seed.
  void live_cuts(std::uint64_t seed, std::uint64_t cuts_max) {
    const auto changes = live({seed, 0}).changes;
    const auto cuts = cuts_max == 0 || cuts_max > changes ? changes : cuts_max;
    for (std::uint64_t i = 0; i < cuts; ++i) live({seed, 1 + (i * changes / cuts + seed) % changes});
    ++seeds_;
  }
  [[nodiscard]] std::uint64_t cuts() const { return cuts_; }
  [[nodiscard]] bool kept_all() const { return broken_ == 0; }
  void tell_progress() const { say(fmt::format("{} seeds, {} cuts, {} broken", seeds_, cuts_, broken_)); }

 private:
  void watch(const std::stop_token& stop) {
    std::unique_lock lock{mutex_};
    std::uint64_t before = 0;
    while (!minute_.wait_for(lock, stop, std::chrono::minutes{1}, [&] { return stop.stop_requested(); })) {
      if (lives_ == before) {
        tell(life_, "it does not end");
        std::_Exit(1);
      }
      before = lives_;
      tell_progress();
    }
  }

  std::mutex mutex_;
  std::condition_variable_any minute_;
  Life life_;
  std::uint64_t lives_ = 0;
  std::uint64_t cuts_ = 0;
  std::uint64_t broken_ = 0;
  std::atomic<std::uint64_t> seeds_ = 0;
  std::jthread watch_{[this](const std::stop_token& stop) { watch(stop); }};
};

int live_all_with_threads(std::uint64_t first_seed, std::uint64_t seeds) {
  std::uint64_t turns = 0;
  std::uint64_t broken = 0;
  for (auto seed = first_seed; seed < first_seed + seeds; ++seed) {
    const auto outcome = live_with_threads(seed);
    turns += outcome.turns;
    if (outcome.broken.empty()) continue;
    ++broken;
    say(fmt::format("broken: power_cuts --threads --first-seed {}: {}", seed, outcome.broken));
  }
  say(fmt::format("{} seeds, {} turns, {} broken", seeds, turns, broken));
  return broken == 0 ? 0 : 1;
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
  bool has_threads = false;
  app.add_flag("--threads", has_threads, "lives in which several threads and processes use the store at once");
  bool is_slice = false;
  app.add_flag("--slice", is_slice, "only what the tests run, up to the first broken promise");
  CLI11_PARSE(app, argc, argv);
  if (is_slice) {
    std::uint64_t lives = 0;
    for (const auto which : all_slices) {
      const auto slice = live_slice(which);
      lives += slice.cuts;
      if (slice.broken.empty()) continue;
      say(fmt::format("broken: power_cuts {}: {}", slice.last_life, slice.broken));
      return 1;
    }
    say(fmt::format("{} cuts", lives));
    return 0;
  }
  if (has_threads) return live_all_with_threads(first_seed, seeds);
  Lives lives;
  if (!one->empty()) {
    lives.live({first_seed, cut});
    if (lives.kept_all()) say("kept: all promises");
    return lives.kept_all() ? 0 : 1;
  }
  for (std::uint64_t i = 0; i < seeds && (cuts == 0 || lives.cuts() < cuts); ++i)
    lives.live_cuts(first_seed + i, cuts == 0 ? 0 : (cuts - lives.cuts() + seeds - i - 1) / (seeds - i));
  lives.tell_progress();
  return lives.kept_all() ? 0 : 1;
}
