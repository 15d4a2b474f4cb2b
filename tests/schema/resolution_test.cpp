// The rules of what stored bytes may be read as, and the plans that do it.
#include <eventstore/schema/detail/describe_text.hpp>
#include <eventstore/schema/detail/differences.hpp>
#include <eventstore/schema/detail/field_plan.hpp>
#include <eventstore/schema/detail/resolution_plan.hpp>

#include <catch2/catch.hpp>

#include "schema/samples.hpp"

namespace resolution_test {

using namespace eventstore;
using namespace samples;

namespace {

using Sentences = std::vector<std::string>;

// What is said of two schemas, and whether the one can be read as the other.
struct Judged {
  bool reads;
  Sentences differences;
};

Judged judged(std::string_view stored, std::string_view wanted) {
  FirstBreak problem{};
  return {resolves(stored, wanted, problem), describe_differences(stored, wanted)};
}

// Straight into the struct, field by field; nothing where the bytes are not of the stored schema.
template <class Stored, class Wanted> std::optional<Wanted> loaded(BytesView stored, Wanted into) {
  const auto plan = FieldPlan::make(schema_of<Stored>().type, schema_of<Wanted>().type);
  if (!plan) FAIL(plan.error().message());
  Bytes scratch;
  BytesIn in{stored};
  try {
    plan->load(in, &into, members_of<Wanted>(), scratch);
  } catch (const cereal::Exception&) {
    return std::nullopt;
  }
  if (in.remaining() != 0) return std::nullopt;
  return into;
}

// By way of today's bytes, which must come to the same.
template <class Stored, class Wanted> Result<Wanted> converted(const Stored& stored, const Wanted& used = {}) {
  const auto plan = ResolutionPlan::make(schema_of<Stored>().type, schema_of<Wanted>().type);
  if (!plan) return tl::unexpected<Error>{plan.error()};
  Bytes scratch;
  const auto bytes = plan->run(encode(stored), scratch);
  if (!bytes) return failure(Errc::corrupt_record, "run", "");
  auto wanted = decode<Wanted>(*bytes);
  REQUIRE(wanted);
  CHECK(loaded<Stored>(encode(stored), used) == *wanted);
  return wanted;
}

struct InnerThen {
  EVENTSTORE_FIELDS(InnerThen, (std::int32_t, gone), (float, size), (std::uint8_t, count));
};
struct InnerNow {
  EVENTSTORE_FIELDS(InnerNow, (std::uint16_t, count), (double, size), (std::optional<string>, note));
};
using InnersThen = std::vector<InnerThen>;
using InnersNow = std::vector<InnerNow>;
using InnerMapThen = std::map<string, InnerThen>;
using InnerMapNow = std::map<string, InnerNow>;

struct NestedThen {
  EVENTSTORE_FIELDS(NestedThen, (string, first), (InnersThen, list), (InnerMapThen, map),
                    (std::optional<InnerThen>, maybe), (InnerThen, last));
};
struct NestedNow {
  EVENTSTORE_FIELDS(NestedNow, (std::optional<InnerNow>, last), (InnerMapNow, map), (InnersNow, list),
                    (std::optional<InnerNow>, maybe), (string, added, "x"), (string, first));
};

struct Numbers {
  EVENTSTORE_FIELDS(Numbers, (std::int8_t, a), (std::int16_t, b), (std::int32_t, c), (std::uint8_t, d),
                    (std::uint16_t, e), (std::uint32_t, f), (float, g));
};
struct WideNumbers {
  EVENTSTORE_FIELDS(WideNumbers, (std::int16_t, a), (std::int64_t, b), (std::int64_t, c), (std::int16_t, d),
                    (std::uint64_t, e), (std::int64_t, f), (double, g));
};

struct Renamed {
  EVENTSTORE_FIELDS(Renamed, (string, latter, "d", es::was("former") | es::personal_data));
};

struct Filled {
  EVENTSTORE_FIELDS(Filled, (string, a, "x"), (std::optional<string>, b));
};

}  // namespace

TEST_CASE("the compiler writes the text of a type as the program does", "[schema][resolution]") {
  CHECK(type_text<Everything> == schema_of<Everything>().record_text());
  CHECK(annotated_type_text<Everything> == annotated_text(schema_of<Everything>().type));
  CHECK(type_text<Renamed> == "{latter@personal:text}");
  CHECK(annotated_type_text<Renamed> == "{latter@personal=~former:text}");
  CHECK(annotated_text(schema_of<Renamed>().type) == annotated_type_text<Renamed>);
  static_assert(type_text<Nothing> == "{}");
}

TEST_CASE("what may change is resolved and put in words", "[schema][resolution]") {
  const auto [stored, wanted, sentence] = GENERATE(table<const char*, const char*, const char*>({
      {"{a:text}", "{a:text,b=:int64}", "`b` is added and has a default"},
      {"{a:text}", "{a:text,b:int64?}", "`b` is added and optional"},
      {"{a:text,b:[{c:int8}]}", "{a:text}", "`b` is removed"},
      {"{a:text}", "{b~a:text}", "`b` was `a`"},
      {"{a:text,b:text}", "{b:text,a:text}", "the fields are reordered"},
      {"{a:int8}", "{a:int64}", "`a` was int8 and is int64"},
      {"{a:uint32}", "{a:int64}", "`a` was uint32 and is int64"},
      {"{a:float32}", "{a:float64}", "`a` was float32 and is float64"},
      {"{a:text}", "{a:text?}", "`a` is optional now"},
      {"{a:enum(x|y)}", "{a:enum(y|z|x)}", "`a` may be z now"},
      {"{a:{b:[{c:int16}]}}", "{a:{b:[{c:int32}]}}", "`a.b.c` was int16 and is int32"},
      {"{a:map<{c:text}>}", "{a:map<{c:text,d=:bool}>}", "`a.d` is added and has a default"},
  }));
  CAPTURE(stored, wanted);
  const auto [reads, differences] = judged(stored, wanted);
  CHECK(reads);
  CHECK(differences == Sentences{sentence});
}

TEST_CASE("what may not change is named with what to write", "[schema][resolution]") {
  const auto [stored, wanted, sentence, advised] = GENERATE(table<const char*, const char*, const char*, const char*>({
      {"{a:text}", "{a:text,b:int64}", "`b` is added and has no default", "give `b` a default"},
      {"{a:text}", "{a:int64}", "`a` was text and is int64", "give `a` its type back"},
      {"{a:int64}", "{a:int32}", "`a` was int64 and is int32", "give `a` its type back"},
      {"{a:uint64}", "{a:int64}", "`a` was uint64 and is int64", "give `a` its type back"},
      {"{a:int32}", "{a:uint64}", "`a` was int32 and is uint64", "give `a` its type back"},
      {"{a:int32}", "{a:float64}", "`a` was int32 and is float64", "give `a` its type back"},
      {"{a:text?}", "{a:text}", "`a` was optional and is required", "make `a` optional again"},
      {"{a:enum(x|y)}", "{a:enum(x)}", "`a` may hold y, which this build does not have",
       "put y back among the enumerators"},
      {"{a:[text]}", "{a:text}", "`a` was [text] and is text", "give `a` its type back"},
      {"{a:{b:bool}}", "{a:[bool]}", "`a` was record and is [bool]", "give `a` its type back"},
      {"{a:text}", "{a:text,b~a:text}", "two fields would be read from `a`", "take one es::was(\"a\") away"},
      {"{a:text}", "{c~a:text,b~a:text}", "two fields would be read from `a`", "take one es::was(\"a\") away"},
  }));
  CAPTURE(stored, wanted);
  FirstBreak problem{};
  CHECK_FALSE(resolves(stored, wanted, problem));
  CHECK(describe(problem.difference) == sentence);
  CHECK_THAT(advice(problem.difference), Catch::StartsWith(advised));
}

TEST_CASE("the rules hold while compiling", "[schema][resolution]") {
  static_assert([] {
    FirstBreak problem{};
    return resolves(type_text<NestedThen>, annotated_type_text<NestedNow>, problem);
  }());
  static_assert([] {
    FirstBreak problem{};
    return !resolves(type_text<NestedNow>, annotated_type_text<NestedThen>, problem) &&
           problem.difference.change == SchemaChange::field_required;
  }());
  SUCCEED();
}

TEST_CASE("numbers are widened with their sign", "[schema][resolution]") {
  const auto wide = converted<Numbers, WideNumbers>({-128, -32768, -2'000'000'000, 255, 65535, 4'294'967'295, -1.5F});
  REQUIRE(wide);
  CHECK(*wide == WideNumbers{-128, -32768, -2'000'000'000, 255, 65535, 4'294'967'295, -1.5});
}

TEST_CASE("records within lists, maps and optionals are resolved, wherever they stand", "[schema][resolution]") {
  const NestedThen then{"f",
                        {{1, 0.5F, 2}, {3, 1.5F, 4}},
                        {{"k", {5, 2.5F, 6}}, {"l", {7, 3.5F, 8}}},
                        InnerThen{9, 4.5F, 10},
                        {11, 5.5F, 12}};
  const auto now = converted<NestedThen, NestedNow>(then);
  if (!now) FAIL(now.error().message());
  CHECK(*now == NestedNow{InnerNow{12, 5.5, {}},
                          {{"k", {6, 2.5, {}}}, {"l", {8, 3.5, {}}}},
                          {{2, 0.5, {}}, {4, 1.5, {}}},
                          InnerNow{10, 4.5, {}},
                          "x",
                          "f"});
  const auto empty = converted<NestedThen, NestedNow>({}, *now);  // into an object that was used before
  REQUIRE(empty);
  CHECK(*empty == NestedNow{InnerNow{}, {}, {}, {}, "x", ""});
}

TEST_CASE("more fields than a plan has places for are resolved all the same", "[schema][resolution]") {
  Type stored{Kind::record};
  Type wanted{Kind::record};
  Bytes bytes;
  Bytes reversed;
  for (int i = 0; i < 100; ++i) {
    stored.fields.push_back({"f" + std::to_string(i), Type{Kind::int8}});
    wanted.fields.insert(wanted.fields.begin(), stored.fields.back());
    bytes.push_back(static_cast<std::byte>(i));
    reversed.insert(reversed.begin(), bytes.back());
  }
  const auto plan = ResolutionPlan::make(stored, wanted);
  REQUIRE(plan);
  Bytes scratch;
  const auto out = plan->run(bytes, scratch);
  REQUIRE(out);
  CHECK(Bytes{out->begin(), out->end()} == reversed);
}

TEST_CASE("bytes that are not of the stored schema are refused, not read past their end", "[schema][resolution]") {
  const auto plan = ResolutionPlan::make(schema_of<NestedThen>().type, schema_of<NestedNow>().type);
  REQUIRE(plan);
  const auto whole = encode(NestedThen{"f", {{1, 0.5F, 2}}, {{"k", {5, 2.5F, 6}}}, InnerThen{9, 4.5F, 10}, {}});
  Bytes scratch;
  REQUIRE(plan->run(whole, scratch));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Bytes cut{whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)};
    CAPTURE(size);
    CHECK_FALSE(plan->run(cut, scratch));
    CHECK_FALSE(loaded<NestedThen>(cut, NestedNow{}));
  }
  auto longer = whole;
  longer.push_back(std::byte{0});
  CHECK_FALSE(plan->run(longer, scratch));
  CHECK_FALSE(loaded<NestedThen>(longer, NestedNow{}));
}

TEST_CASE("what no struct of today has is passed over, whatever it is", "[schema][resolution]") {
  struct Rest {
    static Type type() {
      auto all = schema_of<Everything>().type;
      all.fields.erase(all.fields.begin(), all.fields.end() - 1);
      return all;
    }
  };
  CHECK(converted<Everything, Filled>(example()) == Filled{"x", {}});
  const auto plan = FieldPlan::make(schema_of<Everything>().type, Rest::type());
  REQUIRE(plan);
  const auto bytes = encode(example());
  BytesIn in{bytes};
  Nothing into{};
  Bytes scratch;
  const std::array<MemberLoader, 1> members{MemberLoader{0, &detail::load_member<Nothing>}};
  plan->load(in, &into, members, scratch);
  CHECK(in.remaining() == 0);
}

TEST_CASE("an event that had no fields gets those of today", "[schema][resolution]") {
  CHECK(converted<Nothing, Filled>({}) == Filled{});
}

}  // namespace resolution_test
