// A schema with enumerators that the struct of this build has not: values decide whether an event is read.
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/detail/differences.hpp>
#include <eventstore/schema/detail/field_plan.hpp>
#include <eventstore/schema/detail/readable.hpp>

#include <catch2/catch.hpp>

namespace by_value_test {

using namespace eventstore;

namespace {

namespace newer {
EVENTSTORE_ENUM(Colour, red, green, blue);
struct Part {
  EVENTSTORE_FIELDS(Part, (std::int32_t, size), (Colour, colour));
};
using Parts = std::map<std::string, Part>;
struct Painted {
  EVENTSTORE_FIELDS(Painted, (Colour, one), (std::optional<Colour>, maybe), (std::vector<Colour>, several),
                    (Parts, parts), (Colour, gone), (std::int16_t, width));
};
}  // namespace newer
namespace older {
EVENTSTORE_ENUM(Colour, green, red);
struct Part {
  EVENTSTORE_FIELDS(Part, (Colour, colour), (std::int64_t, size));
};
using Parts = std::map<std::string, Part>;
struct Painted {
  EVENTSTORE_FIELDS(Painted, (std::int64_t, width), (Parts, parts), (std::vector<Colour>, several),
                    (std::optional<Colour>, maybe), (Colour, one));
};
}  // namespace older

older::Painted load(const newer::Painted& stored) {
  const auto plan = FieldPlan::make(schema_of<newer::Painted>().type, schema_of<older::Painted>().type);
  if (!plan) FAIL(plan.error().message());
  older::Painted painted{};
  Bytes scratch;
  const auto bytes = encode(stored);
  BytesIn in{bytes};
  plan->load(in, &painted, members_of<older::Painted>(), scratch);
  CHECK(in.remaining() == 0);
  return painted;
}

ReadableText text(std::string_view record, bool current = true) { return {"Painted", "", record, record, current}; }

using Way = Verdict::Way;

Way way(std::string_view stored, const std::vector<ReadableText>& targets) {
  return judge("Painted", stored, targets).way;
}

}  // namespace

TEST_CASE("values that both builds have are read, however they are nested", "[schema][by_value]") {
  using newer::Colour;
  const auto painted =
      load({Colour::red, Colour::green, {Colour::green, Colour::red}, {{"k", {3, Colour::green}}}, Colour::blue, 4});
  CHECK(painted == older::Painted{4,
                                  {{"k", {older::Colour::green, 3}}},
                                  {older::Colour::green, older::Colour::red},
                                  older::Colour::green,
                                  older::Colour::red});
}

TEST_CASE("a value that this build has not is refused, wherever it stands", "[schema][by_value]") {
  using newer::Colour;
  CHECK_THROWS_AS(load({Colour::blue, {}, {}, {}, Colour::red, 0}), UnknownEnumerator);
  CHECK_THROWS_AS(load({Colour::red, Colour::blue, {}, {}, Colour::red, 0}), UnknownEnumerator);
  CHECK_THROWS_AS(load({Colour::red, {}, {Colour::red, Colour::blue}, {}, Colour::red, 0}), UnknownEnumerator);
  CHECK_THROWS_AS(load({Colour::red, {}, {}, {{"k", {3, Colour::blue}}}, Colour::red, 0}), UnknownEnumerator);
}

TEST_CASE("values decide only where nothing else breaks, and one struct alone could take them", "[schema][by_value]") {
  CHECK(way("{a:enum(x|y)}", {text("{a:enum(x)}")}) == Way::by_value);
  CHECK(way("{a:[enum(x|y)],b:text}", {text("{a:[enum(x)]}")}) == Way::by_value);
  CHECK(way("{a:enum(x|y),b:text}", {text("{a:enum(x),b:int8}")}) == Way::breaking);
  CHECK(way("{a:enum(x|y)}", {text("{a:enum(x)}"), text("{a:enum(y)}", false)}) == Way::breaking);
  CHECK(way("{a:enum(x|y)}", {text("{a:enum(x)}"), text("{a:enum(y|x|z)}", false)}) == Way::upcast);
  CHECK(way("{a:enum(x|y)}", {text("{a:enum(x)}"), text("{a:enum(y|x)}")}) == Way::resolved);
  CHECK(way("{a:enum(x)}", {text("{a:enum(x)}")}) == Way::same);
  const auto verdict = judge("Painted", "{a:enum(x|y)}", std::vector{text("{a:enum(x)}")});
  CHECK_FALSE(verdict.reads());
  CHECK(verdict.may_read());
  CHECK(describe_unreadable(verdict) ==
        "stored under another schema, of which only values that this build knows are read: `a` may hold y, which this "
        "build does not have: put y back among the enumerators, or keep the old struct and write an upcaster");
}

}  // namespace by_value_test
