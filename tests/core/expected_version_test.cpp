#include <catch2/catch.hpp>
#include <eventstore/core/expected_version.hpp>

using namespace eventstore;

TEST_CASE("each expectation holds for the heads that it names") {
  const auto holds = [](ExpectedVersion expected) {
    return std::vector<bool>{expected.holds_for(Version{0}), expected.holds_for(Version{1}),
                             expected.holds_for(Version{2})};
  };
  CHECK(holds(ExpectedVersion::any()) == std::vector<bool>{true, true, true});
  CHECK(holds(ExpectedVersion::no_stream()) == std::vector<bool>{true, false, false});
  CHECK(holds(ExpectedVersion::stream_exists()) == std::vector<bool>{false, true, true});
  CHECK(holds(ExpectedVersion::exactly(Version{2})) == std::vector<bool>{false, false, true});
}

TEST_CASE("an exact version of 0 is no stream") {
  CHECK(ExpectedVersion::exactly(Version{0}) == ExpectedVersion::no_stream());
  CHECK(ExpectedVersion::exactly(Version{0}).fixes_version());
  CHECK(ExpectedVersion::exactly(Version{3}).fixes_version());
  CHECK_FALSE(ExpectedVersion::any().fixes_version());
  CHECK_FALSE(ExpectedVersion::stream_exists().fixes_version());
}

TEST_CASE("an ordinal does not turn into a number or another ordinal by itself") {
  STATIC_REQUIRE_FALSE(std::is_convertible_v<Version, std::uint64_t>);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<std::uint64_t, Version>);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<Version, Position>);
  CHECK(Version{1}.next() == Version{2});
  CHECK(Position{1}.plus(5) == Position{6});
}
