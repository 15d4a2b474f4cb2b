#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "schema/samples.hpp"

namespace json_test {

using namespace eventstore;
using namespace samples;

namespace {

template <class T> void check_round_trip(const T& value) {
  const auto json = to_json(value);
  CAPTURE(json);
  const auto back = from_json<T>(json);
  REQUIRE(back);
  CHECK(*back == value);
}

struct Real {
  EVENTSTORE_FIELDS(Real, (double, f64));
};
struct SmallReal {
  EVENTSTORE_FIELDS(SmallReal, (float, f32));
};
struct Wide {
  EVENTSTORE_FIELDS(Wide, (std::uint64_t, u64), (std::int64_t, i64));
};

}  // namespace

TEST_CASE("every kind of field has its JSON", "[schema][json]") {
  auto all = example();
  CHECK(to_json(all) ==
        R"({"flag":true,"i8":-8,"i16":-1600,"i32":-320000,"i64":-64000000000,"u8":200,"u16":60000,"u32":4000000000,)"
        R"("u64":18000000000000000000,"f32":0.10000000149011612,"f64":0.1,"text":"ünïcode \"quoted\"\n",)"
        R"("bytes":"AP8QIA==","uuid":"123e4567-e89b-12d3-a456-426614174000","time":"2026-01-27T10:30:00.000001Z",)"
        R"("free":{"z":1,"a":[true,null]},"verb":"delete","note":"noted","size":{"length":1.5},)"
        R"("items":[{"name":"one","count":1},{"name":"two","count":2}],"words":["","word"],"counts":{"a":1,"b":-2},)"
        R"("by_key":{"k":{"name":"three","count":3}},"nested":{"length":2.5,"width":3.5},"nothing":{}})");
}

TEST_CASE("a struct with every kind of field survives its JSON", "[schema][json]") {
  check_round_trip(example());
  check_round_trip(Nothing{});
  Everything zeros{};
  zeros.free = {"null"};
  check_round_trip(zeros);
}

TEST_CASE("integers survive JSON at their limits", "[schema][json]") {
  Everything all = example();
  all.i8 = std::numeric_limits<std::int8_t>::min();
  all.i16 = std::numeric_limits<std::int16_t>::min();
  all.i32 = std::numeric_limits<std::int32_t>::min();
  all.i64 = std::numeric_limits<std::int64_t>::min();
  check_round_trip(all);
  all.i8 = std::numeric_limits<std::int8_t>::max();
  all.i16 = std::numeric_limits<std::int16_t>::max();
  all.i32 = std::numeric_limits<std::int32_t>::max();
  all.i64 = std::numeric_limits<std::int64_t>::max();
  all.u8 = std::numeric_limits<std::uint8_t>::max();
  all.u16 = std::numeric_limits<std::uint16_t>::max();
  all.u32 = std::numeric_limits<std::uint32_t>::max();
  all.u64 = std::numeric_limits<std::uint64_t>::max();
  check_round_trip(all);
}

TEST_CASE("a floating-point number is written in its shortest form and reads back as itself", "[schema][json]") {
  using Double = std::numeric_limits<double>;
  for (const double value : {0.1 + 0.2, 1.0 / 3.0, 5e-324, Double::min(), Double::max(), Double::lowest(), -0.0,
                             123456789.12345678, 9007199254740993.0, 1e22, 1e23, 30.0}) {
    CAPTURE(value);
    check_round_trip(Real{value});
  }
  CHECK(to_json(Real{0.1 + 0.2}) == R"({"f64":0.30000000000000004})");
  CHECK(to_json(Real{30.0}) == R"({"f64":30.0})");
  CHECK(to_json(Real{1e23}) == R"({"f64":1e+23})");
  CHECK(std::signbit(from_json<Real>(to_json(Real{-0.0}))->f64));
  using Float = std::numeric_limits<float>;
  for (const float value : {0.1F, Float::min(), Float::max(), Float::lowest(), Float::denorm_min()})
    check_round_trip(SmallReal{value});
}

TEST_CASE("a whole number may be written with a fraction of zero or an exponent", "[schema][json]") {
  const auto read = from_json<Wide>(R"({"u64":1e19,"i64":-30.0})");
  REQUIRE(read);
  CHECK(*read == Wide{10'000'000'000'000'000'000U, -30});
  CHECK_FALSE(from_json<Wide>(R"({"u64":18446744073709551616,"i64":0})"));
  CHECK_FALSE(from_json<Wide>(R"({"u64":0,"i64":9223372036854775808})"));
  CHECK_FALSE(from_json<Wide>(R"({"u64":0,"i64":9223372036854775808.0})"));
  CHECK(from_json<Wide>(R"({"u64":0,"i64":-9223372036854775808})"));
}

TEST_CASE("a time in JSON may carry an offset and a date as mongoexport writes it", "[schema][json]") {
  const auto type = type_of<Timestamp>();
  const auto wanted = json_to_bytes(type, R"("2026-01-27T10:30:00Z")");
  REQUIRE(wanted);
  CHECK(json_to_bytes(type, R"("2026-01-27T11:30:00+01:00")") == *wanted);
  CHECK(json_to_bytes(type, R"({"$date":"2026-01-27T10:30:00Z"})") == *wanted);
}

TEST_CASE("a map in JSON has equal bytes whatever the order of its members", "[schema][json]") {
  const auto type = type_of<Counts>();
  const auto wanted = json_to_bytes(type, R"({"a":1,"b":2})");
  REQUIRE(wanted);
  CHECK(json_to_bytes(type, R"({"b":2,"a":1})") == *wanted);
}

TEST_CASE("of a member that is there twice the first counts in what was taken once, and new JSON is refused",
          "[schema][json]") {
  const auto type = type_of<Counts>();
  const auto wanted = json_to_bytes(type, R"({"a":1,"b":2})");
  REQUIRE(wanted);
  CHECK(json_to_bytes(type, R"({"a":1,"b":2,"a":3})", stored_json) == *wanted);
  const auto refused = json_to_bytes(type, R"({"a":1,"b":2,"a":3})");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().where == "a");
  CHECK(refused.error().detail == "the member is there twice");
}

}  // namespace json_test
