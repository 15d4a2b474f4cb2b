#include <catch2/catch.hpp>
#include <eventstore/core/result.hpp>
#include <memory>
#include <type_traits>

using namespace eventstore;

// What returns results costs no more than what it returns.
static_assert(std::is_nothrow_move_constructible_v<Result<std::string>>);
static_assert(std::is_nothrow_move_assignable_v<Result<std::string>>);
static_assert(sizeof(Result<std::string>) == sizeof(tl::expected<std::string, Error>));
static_assert(!std::is_copy_constructible_v<Result<std::unique_ptr<int>>>);

namespace {

Result<std::unique_ptr<int>> owned(int number) {
  if (number < 0) return failure(Errc::invalid_argument, "own", std::to_string(number), "it is negative");
  return std::make_unique<int>(number);
}

Result<void> nothing_wrong() { return {}; }

}  // namespace

TEST_CASE("a result is a tl::expected, both ways") {
  const tl::expected<int, Error> plain = 7;
  const Result<int> result = plain;
  CHECK(*result == 7);
  const tl::expected<int, Error>& again = result;
  CHECK(again.value_or(0) == 7);
  const Result<std::string> text = result.map([](int number) { return std::to_string(number); });
  CHECK(*text == "7");
  const Result<void> failed = failure(Errc::refused, "ask", {});
  CHECK(Result<void>{failed}.error().code == Errc::refused);
}

TEST_CASE("a result gives its value away") {
  auto result = owned(3);
  REQUIRE(result);
  const auto taken = std::move(*result);
  CHECK(*taken == 3);
  CHECK_FALSE(owned(-1));
  CHECK(nothing_wrong());
}
