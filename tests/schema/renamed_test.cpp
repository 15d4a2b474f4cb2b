// A field that is gone and one that is new in its place may be one field that was renamed.
#include <eventstore/schema/detail/differences.hpp>

#include <catch2/catch.hpp>

namespace renamed_test {

using namespace eventstore;
using Sentences = std::vector<std::string>;

TEST_CASE("a field that is added where one of its type is removed may be the same field", "[schema][renamed]") {
  const auto question =
      "was `phone` renamed from `telephone`? Then say es::was(\"telephone\") as an attribute of `phone`, or its stored "
      "values are passed over";
  CHECK(ask_renamed("{telephone:text}", "{phone=:text}") == Sentences{question});
  CHECK(ask_renamed("{telephone:text}", "{phone:text}") == Sentences{question});
  CHECK(ask_renamed("{telephone:text}", "{phone:text?}") == Sentences{question});
  CHECK(describe_differences("{telephone:text}", "{phone=:text}") ==
        Sentences{"`phone` is added and has a default", "`telephone` is removed", question});
}

TEST_CASE("nothing is asked about a field of another type or one that says its earlier name", "[schema][renamed]") {
  CHECK(ask_renamed("{telephone:text}", "{phone=:int64}").empty());
  CHECK(ask_renamed("{telephone:text?}", "{phone=:text}").empty());
  CHECK(ask_renamed("{telephone:text}", "{phone~telephone:text}").empty());
  CHECK(ask_renamed("{telephone:text}", "{telephone:text,phone=:text}").empty());
  CHECK(ask_renamed("{telephone:text,fax:text}", "{telephone:text}").empty());
}

TEST_CASE("the fields of nested records are asked about with their path", "[schema][renamed]") {
  const auto asked = ask_renamed("{a:text,to:{zip:text}}", "{to:{code=:text},b=:{x:int8}}");
  REQUIRE(asked.size() == 1);
  CHECK_THAT(asked[0], Catch::StartsWith("was `to.code` renamed from `zip`?"));
  CHECK(ask_renamed("{zip:text,to:{}}", "{to:{code=:text}}").empty());
}

TEST_CASE("records and enumerations of one type are recognised and several are all named", "[schema][renamed]") {
  CHECK(ask_renamed("{a:{x:int8}}", "{b=:{x=:int8}}").size() == 1);
  CHECK(ask_renamed("{a:enum(x|y)}", "{b=:enum(x|z)}").empty());
  const auto asked = ask_renamed("{a:text,b:text}", "{c=:text}");
  REQUIRE(asked.size() == 1);
  CHECK_THAT(asked[0], Catch::StartsWith("was `c` renamed from `a` or `b`? Then say es::was(\"b\")"));
}

}  // namespace renamed_test
