// schemas.lock, as people and merges may leave it.
#include <eventstore/schema/detail/describe.hpp>
#include <eventstore/schema/lock_file.hpp>

#include <catch2/catch.hpp>

#include "schema/samples.hpp"

namespace lock_file_test {

using namespace eventstore;

namespace {

const Schema opened = *Schema::parse("AccountOpened{owner:text,limit:int64}");

std::string line(const std::string& number, const std::string& digest = "47671704-ae35-5d82-8183-74b33315eecd",
                 const std::string& fields = "{owner:text,limit:int64}") {
  return "{" + number + ", \"AccountOpened\", \"" + digest + "\", \"" + fields + "\"},\n";
}

}  // namespace

TEST_CASE("what a lock file says is read back", "[schema][lock]") {
  const auto text = write_lock("account", {{1, opened}, {2, schema_of<samples::Everything>()}});
  CHECK_THAT(text, Catch::StartsWith("// The schemas under which events of `account`"));
  CHECK_THAT(text, Catch::Contains(line("1")));
  const auto entries = parse_lock(text);
  if (!entries) FAIL(entries.error().message());
  REQUIRE(entries->size() == 2);
  CHECK((*entries)[0].schema.descriptor == opened.descriptor);
  CHECK((*entries)[1].schema.id == schema_of<samples::Everything>().id);
  CHECK(write_lock("account", *entries) == text);
  CHECK(parse_lock("")->empty());
  CHECK(parse_lock("// only words\n\n")->empty());
}

TEST_CASE("a schema of today that is not locked is named, with what to do", "[schema][lock]") {
  const std::vector<const Schema*> current{&opened, &schema_of<samples::Everything>()};
  const auto text = write_lock("account", {{1, schema_of<samples::Everything>()}});
  const auto missing = check_all_locked(text, current);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == Errc::unreadable_schema);
  CHECK(missing.error().detail ==
        "AccountOpened: the schema of today is not locked: run `eventstore schema lock`, read the changes that it "
        "prints, "
        "and commit the file with the code");
  CHECK_FALSE(check_all_locked("", current));
  CHECK(check_all_locked(write_lock("account", {{1, opened}, {2, schema_of<samples::Everything>()}}), current));
  CHECK_FALSE(check_all_locked("nonsense\n", current));
}

TEST_CASE("a lock file that was edited by hand is refused with the line", "[schema][lock]") {
  const auto [text, where, reason] = GENERATE(table<std::string, std::string, std::string>({
      {"AccountOpened\n", "line 1", "expected {number"},
      {line("1") + line("1"), "line 2", "expected number 2"},
      {"// words\n" + line("2"), "line 2", "expected number 1"},
      {line("1", "00000000-ae35-5d82-8183-74b33315eecd"), "line 1", "the digest of this schema is 47671704-"},
      {line("1", "47671704-ae35-5d82-8183-74b33315eecd", "{owner:text}"), "line 1", "the digest of this schema is"},
      {line("1", "47671704-ae35-5d82-8183-74b33315eecd", "{owner:words}"), "line 1", "expected a type at byte 25"},
      {"{1, \"AccountOpened\", \"47671704\n", "line 1", "expected {number"},
      {"{x, \"A\", \"B\", \"{}\"},\n", "line 1", "expected {number"},
  }));
  CAPTURE(text);
  const auto entries = parse_lock(text);
  REQUIRE_FALSE(entries);
  CHECK(entries.error().code == Errc::corrupt_record);
  CHECK(entries.error().where == where);
  CHECK_THAT(entries.error().detail, Catch::StartsWith(reason));
}

}  // namespace lock_file_test
