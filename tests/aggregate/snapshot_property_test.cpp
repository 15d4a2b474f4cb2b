// Random histories, folded with snapshots and without: the same, always.
#include <rapidcheck.h>

#include <random>

#include "aggregate/snapshot_bank.hpp"

namespace snapshot_property_test {

using namespace eventstore;
using namespace bank;

namespace {

class MadeUpHistory {
 public:
  MadeUpHistory(SnapshotBank& bank, std::uint64_t seed) : bank_{bank}, random_{seed} {}

  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

  // One step of life on one of three accounts: events, a command, or a load.
  void step() {
    const auto key = "k" + std::to_string(below(3));
    bank_.clock.advance_seconds(static_cast<std::int64_t>(below(100)));
    const auto head = *bank_.log.head(bank_.stream(key));
    if (head == Version{0})
      bank_.record(key, Opened{key, static_cast<int64_t>(below(1000))});
    else
      live(key, head);
  }

  void compare() {
    for (const std::string key : {"k0", "k1", "k2"}) {
      const auto head = *bank_.log.head(bank_.stream(key));
      if (head == Version{0}) continue;
      check_same(*bank_.quick.load(key), *bank_.accounts.load(key));
      const Version then{1 + below(head.value)};
      check_same(*bank_.quick.load_at(key, then), *bank_.accounts.load_at(key, then));
    }
  }

 private:
  void live(const std::string& key, Version head) {
    switch (below(6)) {
      case 0: bank_.deposit(static_cast<int>(below(30)), key); break;
      case 1: bank_.record(key, Withdrawn{static_cast<int64_t>(below(100))}); break;
      case 2: (void)bank_.quick.execute(key, Withdraw{static_cast<int64_t>(below(900))}); break;
      case 3: (void)bank_.accounts.execute(key, Shake{}); break;
      case 4: REQUIRE(bank_.quick.load(key)); break;
      default: REQUIRE(bank_.quick.load_at(key, Version{1 + below(head.value)})); break;
    }
  }

  SnapshotBank& bank_;
  std::mt19937_64 random_;
};

}  // namespace

TEST_CASE("with snapshots and without, random histories come to the same", "[snapshot][property]") {
  std::uint64_t used = 0;
  const bool holds = rc::check([&](std::uint64_t seed) {
    CAPTURE(seed);
    SnapshotBank bank{SnapshotPolicy::every(1 + seed % 20)};
    MadeUpHistory history{bank, seed};
    for (int i = 0; i < 60; ++i) {
      history.step();
      if (i % 10 == 9) history.compare();
    }
    used += bank.snapshots.counts().used;
    RC_ASSERT(bank.snapshots.counts().failed == 0);
    RC_ASSERT(bank.snapshots.counts().ignored == 0);
  });
  CHECK(holds);
  CHECK(used > 100);
}

}  // namespace snapshot_property_test
