#include <catch2/catch.hpp>
#include <cerrno>
#include <eventstore/core/result.hpp>
#include <set>

using namespace eventstore;

TEST_CASE("an error's message says what, where and why in one line") {
  CHECK(Error{Errc::refused, {}, {}, {}}.message() == "refused");
  CHECK(Error{Errc::not_found, "open", "/data", "no store"}.message() == "not_found: open [/data]: no store");
  CHECK(Error{Errc::corrupt_record, "read", "a.log", "torn", Position{7}}.message() ==
        "corrupt_record: read [a.log] at position 7: torn");
  CHECK(Error{Errc::out_of_space, "write", "a.log", {}, Position{0}, ENOSPC}.message() ==
        "out_of_space: write [a.log]: No space left on device");
}

TEST_CASE("a message names every conflict") {
  Error error{Errc::wrong_version, "append", {}, {}};
  error.conflicts = {{"a-1", ExpectedVersion::exactly(Version{2}), Version{3}},
                     {"a-2", ExpectedVersion::no_stream(), Version{1}},
                     {"a-3", ExpectedVersion::stream_exists(), Version{0}}};
  CHECK(error.message() ==
        "wrong_version: append; a-1 is at version 3, expected version 2; a-2 is at version 1, expected not to exist; "
        "a-3 does not exist, expected to exist");
}

TEST_CASE("every code has a name of its own") {
  std::set<std::string_view> names;
  constexpr int codes = static_cast<int>(Errc::user_exception) + 1;
  for (int code = 0; code < codes; ++code) names.insert(to_string(static_cast<Errc>(code)));
  CHECK(names.size() == codes);
  CHECK_FALSE(names.contains("unknown"));
}

namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return failure(Errc::invalid_argument, "halve", std::to_string(number), "it is odd");
  return number / 2;
}

Result<int> quarter(int number) {
  EVENTSTORE_TRY_ASSIGN(const int once, half(number));
  EVENTSTORE_TRY(half(once));
  return half(once);
}

}  // namespace

TEST_CASE("an error goes up as it is") {
  CHECK(*quarter(8) == 2);
  CHECK(quarter(6).error().message() == "invalid_argument: halve [3]: it is odd");
}
