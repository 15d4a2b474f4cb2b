// What becomes of stored durations, arrays, sets, variants and small integers when their types change.
#include <eventstore/schema/detail/describe_text.hpp>
#include <eventstore/schema/detail/differences.hpp>
#include <eventstore/schema/detail/field_plan.hpp>
#include <eventstore/schema/detail/resolution_plan.hpp>

#include <catch2/catch.hpp>

#include "schema/kinds.hpp"

namespace kinds_evolution_test {

using namespace eventstore;
using namespace kinds;

namespace {

using Sentences = std::vector<std::string>;

bool reads(std::string_view stored, std::string_view wanted) {
  FirstBreak problem{};
  return resolves(stored, wanted, problem);
}

// Straight into the struct; the error where a value cannot be taken over.
template <class Wanted, class Stored> Result<Wanted> read_as(const Stored& stored) {
  const auto plan = FieldPlan::make(schema_of<Stored>().type, schema_of<Wanted>().type);
  if (!plan) return failure(plan.error());
  const auto bytes = encode(stored);
  BytesIn in{bytes};
  Bytes scratch;
  Wanted wanted{};
  try {
    plan->load(in, &wanted, members_of<Wanted>(), scratch);
  } catch (const cereal::Exception& problem) {
    return failure(Errc::corrupt_record, "load", {}, problem.what());
  }
  CHECK(in.remaining() == 0);
  const auto by_bytes = ResolutionPlan::make_by_value(schema_of<Stored>().type, schema_of<Wanted>().type);
  REQUIRE(by_bytes);
  const auto planned = by_bytes->run(bytes, scratch);
  REQUIRE(planned);
  CHECK(decode<Wanted>(*planned).value_or(Wanted{}) == wanted);
  return wanted;
}

struct WaitThen {
  EVENTSTORE_FIELDS(WaitThen, (std::chrono::hours, wait), (std::vector<std::chrono::days>, all), (string, note));
};
struct WaitNow {
  EVENTSTORE_FIELDS(WaitNow, (string, note), (std::vector<std::chrono::nanoseconds>, all),
                    (std::chrono::milliseconds, wait), (std::chrono::days, added, std::chrono::days{1}));
};

namespace older {
struct Card {
  EVENTSTORE_FIELDS(Card, (std::int8_t, year), (string, number));
};
struct Cash {
  EVENTSTORE_FIELDS(Cash);
};
using Pay = std::variant<Card, Cash>;
using Digits = std::array<std::int8_t, 2>;
struct Paid {
  EVENTSTORE_FIELDS(Paid, (Pay, by), (std::vector<Pay>, parts), (std::set<std::uint8_t>, days), (Digits, dropped),
                    (std::int16_t, code));
};
}  // namespace older
namespace newer {
struct Voucher {
  EVENTSTORE_FIELDS(Voucher, (string, code));
};
struct Card {
  EVENTSTORE_FIELDS(Card, (string, number), (std::int32_t, year), (bool, checked, true));
};
struct Cash {
  EVENTSTORE_FIELDS(Cash);
};
using Pay = std::variant<Voucher, Cash, Card>;
struct Paid {
  EVENTSTORE_FIELDS(Paid, (std::int64_t, code), (std::vector<Pay>, parts), (std::set<std::int32_t>, days), (Pay, by));
};
struct PaidInCash {
  EVENTSTORE_FIELDS(PaidInCash, (std::variant<Cash>, by), (std::int64_t, code));
};
}  // namespace newer

using Sides = std::array<std::int16_t, 3>;
using LongSides = std::array<std::int64_t, 3>;
using Names = std::array<string, 2>;
struct CornersThen {
  EVENTSTORE_FIELDS(CornersThen, (Sides, sides), (Names, dropped), (string, name));
};
struct CornersNow {
  EVENTSTORE_FIELDS(CornersNow, (string, name), (LongSides, sides));
};

}  // namespace

TEST_CASE("a coarser unit is read as a finer one, and never the other way", "[schema][kinds][resolution]") {
  CHECK(reads("{t:seconds}", "{t:milliseconds}"));
  CHECK(reads("{t:days}", "{t:nanoseconds}"));
  CHECK(reads("{t:seconds}", "{t:minutes?}") == false);
  CHECK(reads("{t:minutes}", "{t:seconds?}"));
  CHECK_FALSE(reads("{t:milliseconds}", "{t:seconds}"));
  CHECK_FALSE(reads("{t:int64}", "{t:seconds}"));
  CHECK_FALSE(reads("{t:seconds}", "{t:int64}"));
  CHECK(describe_differences("{t:seconds}", "{t:milliseconds}") == Sentences{"`t` was seconds and is milliseconds"});
  CHECK(describe_differences("{t:seconds}", "{t:hours}") == Sentences{"`t` was seconds and is hours"});
}

TEST_CASE("a duration is scaled to the finer unit", "[schema][kinds][resolution]") {
  const auto read = read_as<WaitNow>(WaitThen{36h, {std::chrono::days{1}, std::chrono::days{-2}}, "n"});
  REQUIRE(read);
  CHECK(read->wait == 36h);
  CHECK(read->all == std::vector<std::chrono::nanoseconds>{24h, -48h});
  CHECK(read->note == "n");
  CHECK(read->added == std::chrono::days{1});
}

TEST_CASE("a duration that the finer unit cannot hold is refused, not cut", "[schema][kinds][resolution]") {
  const auto longest = std::chrono::hours{9'223'372'036'854'775'807 / 3'600'000};
  CHECK(read_as<WaitNow>(WaitThen{longest, {}, ""})->wait == longest);
  const auto longer = read_as<WaitNow>(WaitThen{longest + 1h, {}, ""});
  REQUIRE_FALSE(longer);
  CHECK(longer.error().detail == "a duration that the finer unit of this build cannot hold");
  const auto within = read_as<WaitNow>(WaitThen{1h, {std::chrono::days{106'752}}, ""});
  REQUIRE_FALSE(within);
  CHECK(within.error().detail == "bytes of another type, or a duration that a finer unit cannot hold");
}

TEST_CASE("alternatives may be added, reordered and grow", "[schema][kinds][resolution]") {
  const auto read =
      read_as<newer::Paid>(older::Paid{older::Card{5, "42"}, {older::Cash{}, older::Card{-1, "43"}}, {1, 2}, {}, -7});
  REQUIRE(read);
  CHECK(read->by == newer::Pay{newer::Card{"42", 5, true}});
  CHECK(read->parts == std::vector<newer::Pay>{newer::Cash{}, newer::Card{"43", -1, true}});
  CHECK(read->days == std::set<std::int32_t>{1, 2});
  CHECK(read->code == -7);
  CHECK(describe_differences("{by:variant(A{x:int8})}", "{by:variant(B{}|A{x:int16})}") ==
        Sentences{"`by.A.x` was int8 and is int16", "`by` may hold a B now"});
}

TEST_CASE("an alternative that is gone breaks, but for the values that do not have it", "[schema][kinds][resolution]") {
  FirstBreak problem{};
  CHECK_FALSE(resolves("{by:variant(A{}|B{})}", "{by:variant(A{})}", problem));
  CHECK(problem.by_value);
  CHECK(describe(problem.difference) == "`by` may hold a B, which this build does not have");
  CHECK(advice(problem.difference) ==
        "put B back among the alternatives, or keep the old struct and write an upcaster");
  CHECK_FALSE(reads("{by:variant(A{x:text})}", "{by:variant(A{x:int8})}"));
  CHECK(read_as<newer::PaidInCash>(older::Paid{older::Cash{}, {}, {}, {}, 3})->code == 3);
  const auto card = read_as<newer::PaidInCash>(older::Paid{older::Card{5, "42"}, {}, {}, {}, 3});
  REQUIRE_FALSE(card);
  CHECK(card.error().detail == "an alternative that this build does not know: Card");
}

TEST_CASE("an array keeps its length, its elements may become wider", "[schema][kinds][resolution]") {
  const auto read = read_as<CornersNow>(CornersThen{{1, -2, 3}, {"a", "bc"}, "n"});
  REQUIRE(read);
  CHECK(read->sides == std::array<std::int64_t, 3>{1, -2, 3});
  CHECK(read->name == "n");
  CHECK_FALSE(reads("{a:array<2*text>}", "{a:array<3*text>}"));
  CHECK_FALSE(reads("{a:array<2*text>}", "{a:[text]}"));
  CHECK_FALSE(reads("{a:[text]}", "{a:set<text>}"));
  CHECK(reads("{a:set<uint8>}", "{a:set<int64>}"));
}

TEST_CASE("small integers become wider", "[schema][kinds][resolution]") {
  for (const auto* const wider : {"int16", "int32", "int64"})
    for (const auto* const from : {"int8", "uint8"}) {
      CHECK(reads(std::string{"{n:"} + from + "}", std::string{"{n:"} + wider + "}"));
      CHECK_FALSE(reads(std::string{"{n:"} + wider + "}", std::string{"{n:"} + from + "}"));
    }
  CHECK_FALSE(reads("{n:int8}", "{n:uint64}"));
  CHECK_FALSE(reads("{n:uint32}", "{n:int32}"));
}

}  // namespace kinds_evolution_test
