// What scrubbing keeps and what it takes away, by examples.
#include "../../src/schema/scrub.hpp"
#include <eventstore/core/detail/utf8.hpp>
#include <eventstore/schema/codec.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "schema/samples.hpp"

namespace scrub_test {

using namespace eventstore;

namespace {

template <class T> T scrubbed(const T& value) {
  const auto bytes = scrub(type_of<T>(), [&] {
    Bytes out;
    BytesOut{out}(value);
    return out;
  }());
  if (!bytes) FAIL(bytes.error().message());
  T made_up{};
  BytesIn in{*bytes};
  in(made_up);
  CHECK(in.remaining() == 0);
  return made_up;
}

using Limits64 = std::numeric_limits<std::int64_t>;
using Double = std::numeric_limits<double>;

std::string scrubbed_text(const std::string& text) { return scrubbed(text); }
std::string scrubbed_json(const std::string& json) { return scrubbed(Json{json}).text; }
std::string scrubbed_time(const std::string& time) { return scrubbed(*Timestamp::parse(time)).to_string(); }

}  // namespace

TEST_CASE("letters and digits become others of their kind by their places alone", "[schema][scrub]") {
  CHECK(scrubbed_text("Wanda Quox") == "Abcde Ghij");
  CHECK(scrubbed_text("Zelda Rumm") == "Abcde Ghij");
  CHECK(scrubbed_text("+49 171 2345") == "+12 456 8901");
  CHECK(scrubbed_text("zoe.w@mail.example") == "abc.e@ghij.lmnopqr");
  CHECK(scrubbed_text("").empty());
  CHECK(scrubbed_text("\"\\\n\t\x01 {}") == "\"\\\n\t\x01 {}");
}

TEST_CASE("of an id stays neither a letter nor where there were letters", "[schema][scrub]") {
  CHECK(scrubbed_text("08c5351a6aca1c1589a38f244edeee9d") == "abcdefghijklmnopqrstuvwxyzabcde1");
  CHECK(scrubbed_text("683c54fc24d40ee9f8a6fc179fd9856c") == "abcdefghijklmnopqrstuvwxyzabcde1");
  CHECK(scrubbed_text("id-7Q") == "ab-d4");
  CHECK(scrubbed_text("McQuox iQuox QUOX") == "Abcdef hijkl NOPQ");
}

TEST_CASE("characters beyond ASCII become others of as many bytes", "[schema][scrub]") {
  for (const auto* const text :
       {"Müller", "北京市", "🦊🦝", "é", "\xF4\x8F\xBF\xBF", "\xEF\xBF\xBD\xED\x9F\xBF", "ß€😀"}) {
    CAPTURE(text);
    const auto made_up = scrubbed_text(text);
    CHECK(made_up.size() == std::string_view{text}.size());
    CHECK(is_utf8(made_up));
    CHECK(made_up != text);
  }
  CHECK(scrubbed_text("Müller") == scrubbed_text("Lüdtke"));
}

TEST_CASE("whole numbers keep their sign and the number of their bits, and their edges", "[schema][scrub]") {
  CHECK(scrubbed(std::int64_t{4'917'123'456'789}) == 5'864'062'014'805);
  CHECK(scrubbed(std::int64_t{3'000'000'000}) == 2'863'311'530);  // no int32 either
  CHECK(scrubbed(std::int64_t{-30}) == -21);
  for (const auto edge : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, Limits64::min(), Limits64::max()})
    CHECK(scrubbed(edge) == edge);
  CHECK(scrubbed(std::int8_t{-128}) == -128);
  CHECK(scrubbed(std::int8_t{-127}) == -85);
  CHECK(scrubbed(std::uint8_t{255}) == 255);
  CHECK(scrubbed(std::uint8_t{254}) == 170);
  CHECK(scrubbed(std::numeric_limits<std::uint64_t>::max()) == std::numeric_limits<std::uint64_t>::max());
}

TEST_CASE("fractions keep their sign and exponent, whole floats stay whole, edges stay", "[schema][scrub]") {
  CHECK(scrubbed(52.520008) == Approx(32 * 4 / 3.0));
  CHECK(scrubbed(13.404954) == scrubbed(9.75));
  CHECK(scrubbed(-0.1) == -scrubbed(0.123));
  CHECK(scrubbed(1999.0) == 1365.0);
  CHECK(scrubbed(5e-310) == scrubbed(6e-310));
  for (const double edge : {0.0, Double::max(), Double::lowest(), Double::min(), Double::denorm_min(),
                            Double::infinity(), -Double::infinity()})
    CHECK(scrubbed(edge) == edge);
  CHECK(std::signbit(scrubbed(-0.0)));
  CHECK(std::isnan(scrubbed(Double::quiet_NaN())));
  CHECK(scrubbed(0.3F) == scrubbed(0.4F));
}

TEST_CASE("times become one day's, as precise as they were", "[schema][scrub]") {
  CHECK(scrubbed_time("2026-01-27T00:00:00Z") == "2001-02-03T00:00:00.000000Z");
  CHECK(scrubbed_time("2026-01-27T10:30:00Z") == "2001-02-03T04:05:00.000000Z");
  CHECK(scrubbed_time("2026-01-27T10:30:01Z") == "2001-02-03T04:05:06.000000Z");
  CHECK(scrubbed_time("2026-01-27T10:30:00.25Z") == "2001-02-03T04:05:06.789000Z");
  CHECK(scrubbed_time("2026-01-27T10:30:00.000001Z") == "2001-02-03T04:05:06.789012Z");
  CHECK(scrubbed_time("1969-07-20T20:17:40Z") == "1951-02-03T04:05:06.000000Z");
  for (const auto* const edge :
       {"1970-01-01T00:00:00.000000Z", "0001-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z"})
    CHECK(scrubbed_time(edge) == edge);
}

TEST_CASE("UUIDs keep their version and variant", "[schema][scrub]") {
  const auto scrubbed_uuid = [](const std::string& text) { return scrubbed(*Uuid::parse(text)).to_string(); };
  CHECK(scrubbed_uuid("123e4567-e89b-42d3-a456-426614174000") == "10111213-1415-4617-9819-1a1b1c1d1e1f");
  CHECK(scrubbed_uuid("f3bd5ca0-cd2b-7280-c02a-f26b2371745c") == "10111213-1415-7617-d819-1a1b1c1d1e1f");
  CHECK(scrubbed_uuid("00000000-0000-0000-0000-000000000000") == "00000000-0000-0000-0000-000000000000");
}

TEST_CASE("keys of a map are made up, ascend and stay different", "[schema][scrub]") {
  const samples::Counts counts{{"", 0}, {"Wanda", 3}, {"Zelda", -3}, {"a", 1}, {"b", 0}, {"wanda", 1}};
  CHECK(scrubbed(counts) == samples::Counts{{"", 0}, {"Abcde", 2}, {"Abcdf", -2}, {"a", 1}, {"b", 0}, {"abcde", 1}});
  samples::Counts all_letters;
  for (char c = 'a'; c <= 'z'; ++c) all_letters[std::string{c}] = 1;
  CHECK(scrubbed(all_letters) == all_letters);
  samples::Counts mixed;
  for (char c = 'a'; c <= 'z'; ++c)
    for (char d = '0'; d <= '9'; ++d) mixed[{c, d}] = mixed[{d, c}] = mixed[{'q', c}] = 1;
  CHECK(scrubbed(mixed).size() == mixed.size());
}

TEST_CASE("free data keeps its structure, and says nothing", "[schema][scrub]") {
  CHECK(scrubbed_json(R"({"name":"Wanda","tags":["x",null,true],"Wanda":{"n":-73.50,"e":0.0073},"Zelda":0})") ==
        R"({"abcd":"Abcde","abce":["a",null,true],"Abcde":{"a":-12.34,"b":0.0012},"Abcdf":0})");
  CHECK(scrubbed_json("9223372036854775807") == "1234567891234567891");
  CHECK(scrubbed_json("18446744073709551615") == "12345678912345678912");
  CHECK(scrubbed_json("1.5e300") == "1.2e300");
  CHECK(scrubbed_json("\"a\\n\\u0001\\\"\"") == "\"a\\n\\u0001\\\"\"");
  CHECK(scrubbed_json("").empty());
}

TEST_CASE("what could not be stored today is not scrubbed but refused", "[schema][scrub]") {
  const auto refused = [](const Type& type, std::string_view bytes) {
    const auto made_up = scrub(type, as_bytes(bytes));
    REQUIRE_FALSE(made_up);
    return made_up.error().code;
  };
  using namespace std::string_view_literals;
  CHECK(refused(Type{Kind::text}, "\1\0\0\0\xFF"sv) == Errc::invalid_argument);
  CHECK(refused(Type{Kind::json}, "\1\0\0\0{"sv) == Errc::invalid_argument);
  CHECK(refused(Type{Kind::text}, "\2\0\0\0a"sv) == Errc::corrupt_record);
  CHECK(refused(Type{Kind::boolean}, "\2"sv) == Errc::corrupt_record);
  CHECK(refused(type_of<samples::Verb>(), "\5\0\0\0Wanda"sv) == Errc::corrupt_record);
}

TEST_CASE("a struct of every kind of field is read as before", "[schema][scrub]") {
  const auto made_up = scrubbed(samples::example());
  CHECK(made_up.text == "àbâdefg \"jklmno\"\n");
  CHECK(made_up.verb == samples::Verb::delete_);
  CHECK(made_up.note == "abcde");
  CHECK_FALSE(made_up.size->width);
  CHECK(made_up.items.size() == 2);
  CHECK(made_up.bytes.size() == 4);
}

}  // namespace scrub_test
