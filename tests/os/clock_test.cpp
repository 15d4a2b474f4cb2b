#include <eventstore/os/clock.hpp>

#include <catch2/catch.hpp>

using namespace eventstore;

TEST_CASE("a manual clock stands still until it is told") {
  ManualClock clock{Timestamp{1'000'000}};
  CHECK(clock.now() == Timestamp{1'000'000});
  CHECK(clock.now() == Timestamp{1'000'000});
  clock.advance_seconds(90);
  CHECK(clock.now() == Timestamp{91'000'000});
  clock.set(Timestamp{5});
  CHECK(clock.now() == Timestamp{5});
}

TEST_CASE("the system's clock counts microseconds since 1970") {
  // No test may depend on the wall clock: all that is asked is that this machine's date lies in this century.
  const auto now = SystemClock{}.now();
  CHECK(now > *Timestamp::parse("2024-01-01T00:00:00Z"));
  CHECK(now < *Timestamp::parse("2100-01-01T00:00:00Z"));
}
