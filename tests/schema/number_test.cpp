// Numbers in JSON: a type holds exactly what is written, or the number is refused.
#include <fmt/format.h>
#include <rapidcheck/catch.h>
#include <bit>
#include <catch2/catch.hpp>
#include <charconv>
#include <cmath>
#include <eventstore/schema/detail/json_text.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <limits>
#include <map>

#include "../../src/schema/decimal.hpp"
#include "schema/samples.hpp"

namespace number_test {

using namespace eventstore;

namespace {

using Reals = std::map<std::string, double>;

struct Numbers {
  EVENTSTORE_FIELDS(Numbers, (std::optional<std::int64_t>, whole), (std::optional<std::uint64_t>, natural),
                    (std::optional<double>, real), (std::optional<float>, narrow), (Reals, map, Reals{}),
                    (std::optional<Json>, free));
};

Result<std::string> through(const std::string& json) {
  EVENTSTORE_TRY_ASSIGN(const Bytes bytes, json_to_bytes(type_of<Numbers>(), json));
  std::string out;
  EVENTSTORE_TRY(bytes_to_json(type_of<Numbers>(), bytes, out));
  return out;
}

std::string member(const std::string& name, const std::string& number) {
  return name == "map" ? R"({"map":{"a":)" + number + "}}" : R"({")" + name + R"(":)" + number + R"(,"map":{}})";
}

// What `number` becomes in the field `name`.
std::string kept(const std::string& name, const std::string& number) {
  CAPTURE(name, number);
  const auto out = through(member(name, number));
  if (!out) return out.error().detail;
  const auto begin = out->find(name == "map" ? "\"a\":" : "\"" + name + "\":");
  const auto from = out->find(':', begin) + 1;
  return out->substr(from, out->find_first_of(",}", from) - from);
}

std::string text_of(double value) {
  char text[64];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

}  // namespace

TEST_CASE("a whole number is kept exactly, however it is written", "[schema][json][number]") {
  CHECK(kept("whole", "9007199254740993.0") == "9007199254740993");
  CHECK(kept("whole", "9223372036854775807") == "9223372036854775807");
  CHECK(kept("whole", "-9223372036854775808.00") == "-9223372036854775808");
  CHECK(kept("whole", "9.007199254740993e15") == "9007199254740993");
  CHECK(kept("whole", "9007199254740993000e-3") == "9007199254740993");
  CHECK(kept("whole", "-0") == "0");
  CHECK(kept("whole", "-0.0e7") == "0");
  CHECK(kept("natural", "18446744073709551615.0") == "18446744073709551615");
  CHECK(kept("natural", "1.8446744073709551615E+19") == "18446744073709551615");
}

TEST_CASE("a whole number that a type does not hold is refused by its text", "[schema][json][number][error]") {
  CHECK(kept("whole", "9223372036854775808") == "9223372036854775808 does not fit int64");
  CHECK(kept("whole", "-9223372036854775809") == "-9223372036854775809 does not fit int64");
  CHECK(kept("whole", "1.5") == "1.5 does not fit int64");
  CHECK(kept("whole", "1E400") == "1E400 does not fit int64");
  CHECK(kept("whole", "1e-400") == "1e-400 does not fit int64");
  CHECK(kept("natural", "18446744073709551616") == "18446744073709551616 does not fit uint64");
  CHECK(kept("natural", "-1") == "-1 does not fit uint64");
}

TEST_CASE("a float64 keeps its sign and what 17 digits say, and refuses what it would change",
          "[schema][json][number]") {
  CHECK(kept("real", "-0.0") == "-0.0");
  CHECK(kept("real", "-0") == "-0.0");
  CHECK(kept("real", "0.1") == "0.1");
  CHECK(kept("real", "0.10000000000000001") == "0.1");
  CHECK(kept("real", "0.1000000000000000055511151231257827") == "0.1");
  CHECK(kept("real", "123456789012345680000") == "123456789012345683968.0");
  CHECK(kept("real", "9007199254740992") == "9007199254740992.0");
  for (const auto* const name : {"real", "map"}) {
    for (const auto* const number : {"9007199254740993", "9007199254740993.0", "18446744073709551616.5", "1E400",
                                     "-1e400", "1e-400", "12345678901234567890.12345678901234", "3.141592653589793238"})
      CHECK(kept(name, number) == std::string{number} + " does not fit float64");
  }
}

TEST_CASE("a float32 keeps what it writes, and refuses what it would change", "[schema][json][number]") {
  CHECK(kept("narrow", "0.1") == "0.10000000149011612");
  CHECK(kept("narrow", "0.10000000149011612") == "0.10000000149011612");
  CHECK(kept("narrow", "16777217") == "16777217 does not fit float32");
  CHECK(kept("narrow", "1e39") == "1e39 does not fit float32");
}

TEST_CASE("free data keeps the text of every number", "[schema][json][number]") {
  for (const auto* const number : {"1.10", "-0", "-0.0", "1E400", "18446744073709551616", "100000.0", "0.0001",
                                   "12345678901234567890.12345678901234", "1e-999999999999999999999", "30"})
    CHECK(kept("free", number) == number);
  CHECK(through(R"({"map":{},"free":{"n":[1.50,{"m":-0.0,"k":1E400}]}})") ==
        R"({"map":{},"free":{"n":[1.50,{"m":-0.0,"k":1E400}]}})");
}

TEST_CASE("JSON numbers that are none are refused", "[schema][json][number][error]") {
  for (const auto* const text : {"", "-", "01", "1.", ".5", "1e", "1e+", "+1", "0x1", "1 ", "NaN", "--1", "1.5.5"}) {
    CAPTURE(text);
    CHECK_FALSE(Decimal::parse(text));
  }
}

TEST_CASE("equal numbers have one canonical text, and numbers that are not have two", "[schema][json][number]") {
  const auto canonical = [](std::string_view text) {
    std::string out;
    Decimal::parse(text)->write_canonical(out);
    return out;
  };
  CHECK(canonical("-0.0") == "0");
  CHECK(canonical("1.10") == "1.1");
  CHECK(canonical("30.0") == "30");
  CHECK(canonical("1e300") == "1e+300");
  CHECK(canonical("18446744073709551615") == "18446744073709551615");
  CHECK(canonical("9007199254740993.0") == canonical("9007199254740993.00"));
  CHECK(canonical("9007199254740993.0") != canonical("9007199254740992.0"));
  CHECK(canonical("18446744073709551616") != canonical("18446744073709551617"));
  CHECK(canonical("18446744073709551617") == canonical("184467440737095516.17e2"));
  CHECK(canonical("1e400") == canonical("10e399"));
}

TEST_CASE("a float64 that any program prints with up to 17 digits comes back", "[schema][json][number][property]") {
  rc::prop("as_real(text(x)) == x", [](std::uint64_t bits) {
    const auto value = std::bit_cast<double>(bits);
    RC_PRE(std::isfinite(value));
    for (const auto& text : {text_of(value), fmt::format("{:.16e}", value), fmt::format("{:.30e}", value)}) {
      const auto back = Decimal::parse(text)->as_real<double>();
      RC_ASSERT(back.has_value());
      RC_ASSERT(std::bit_cast<std::uint64_t>(*back) == bits);
    }
  });
}

TEST_CASE("a number is plain only where its value is written as it is", "[schema][json][number][property]") {
  rc::prop("plain(text) implies text(value(text)) == text", [] {
    const auto whole = *rc::gen::inRange<std::int64_t>(0, 10'000'000);
    const auto fraction = *rc::gen::inRange<std::int64_t>(0, 100'000);
    const auto text = fmt::format("{}{}.{}", *rc::gen::element("", "-"), whole, fraction);
    if (!is_plain_number(text)) return;
    std::string written;
    append_json_number(written, *Decimal::parse(text)->as_real<double>());
    RC_ASSERT(written == text);
  });
}

}  // namespace number_test
