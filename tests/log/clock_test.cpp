// A clock that is set while the log is open.
#include "store_on_disk.hpp"

namespace clock_test {

using namespace eventstore;
using namespace eventstore::laws;

namespace {

/// Its time can be set, and the time that passes is counted by itself.
struct TwoHands final : Clock {
  Timestamp wall = noon;
  std::chrono::microseconds passed{0};

  [[nodiscard]] Timestamp now() const override { return wall; }
  [[nodiscard]] std::optional<std::chrono::microseconds> elapsed() const override { return passed; }

  void pass(std::chrono::microseconds time) {
    wall = Timestamp{wall.micros + time.count()};
    passed += time;
  }
  void jump(std::chrono::microseconds time) { wall = Timestamp{wall.micros + time.count()}; }
};

struct ClockStore {
  TemporaryDirectory directory;
  PosixFileSystem files;
  TwoHands clock;

  std::unique_ptr<FileLog> open(FileLogOptions options = {}) {
    return *FileLog::open(files, clock, directory.file("store"), options);
  }
};

constexpr std::chrono::hours year{24 * 365};

}  // namespace

TEST_CASE("an append is refused while the clock is years ahead, and taken when it is right again", "[clock]") {
  ClockStore store;
  auto log = store.open();
  REQUIRE(append(*log, {event("delivery-1", 1)}));
  store.clock.pass(std::chrono::hours{1});
  store.clock.jump(10 * year);
  const auto refused = append(*log, {event("delivery-1", 2)});
  REQUIRE(code_of(refused) == Errc::clock_ran_ahead);
  CHECK(refused.error().message() ==
        "clock_ran_ahead: append: the system's clock ran ahead by 315360000 seconds while the log was open: set the "
        "clock right, or, if it is right now, close and open the log");
  CHECK(log->read_all()->events.size() == 1);
  store.clock.jump(-10 * year);
  REQUIRE(append(*log, {event("delivery-1", 2)}));
  CHECK(log->read_all()->events.back().recorded_at == store.clock.wall);
}

TEST_CASE("time that passes is no jump, in a log that is open and between two openings", "[clock]") {
  ClockStore store;
  auto log = store.open();
  store.clock.pass(2 * year);
  CHECK(append(*log, {event("delivery-1", 1)}));
  log.reset();
  store.clock.jump(year);
  log = store.open();
  CHECK(append(*log, {event("delivery-1", 2)}));
  CHECK(log->read_all()->events.back().recorded_at == store.clock.wall);
}

TEST_CASE("the lead that a clock may have can be set, and a clock that is set back is taken", "[clock]") {
  ClockStore store;
  auto log = store.open({.clock_lead_max = std::chrono::seconds{10}});
  store.clock.jump(std::chrono::seconds{10});
  CHECK(append(*log, {event("delivery-1", 1)}));
  store.clock.jump(std::chrono::seconds{1});
  CHECK(code_of(append(*log, {event("delivery-1", 2)})) == Errc::clock_ran_ahead);
  store.clock.jump(-year);
  CHECK(append(*log, {event("delivery-1", 2)}));
}

}  // namespace clock_test
