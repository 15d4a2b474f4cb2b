#include <eventstore/schema/detail/json_text.hpp>

#include <catch2/catch.hpp>
#include <limits>

namespace json_text_test {

using namespace eventstore;

namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}
template <class Number> std::string written(Number value) {
  std::string out;
  append_json_number(out, value);
  return out;
}
std::string base64(std::string_view bytes) {
  std::string out;
  append_json_bytes(out, bytes);
  return out;
}

}  // namespace

TEST_CASE("text is quoted, and only what must be escaped is", "[schema][json]") {
  CHECK(quoted("") == R"("")");
  CHECK(quoted("plain /slash é 😀") == R"("plain /slash é 😀")");
  CHECK(quoted("a\"b\\c") == R"("a\"b\\c")");
  CHECK(quoted("\n\r\t") == R"("\n\r\t")");
  CHECK(quoted(std::string_view{"\0\x01\x1f\x7f", 4}) == "\"\\u0000\\u0001\\u001f\x7f\"");
}

TEST_CASE("numbers are written in their shortest form", "[schema][json]") {
  CHECK(written(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
  CHECK(written(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
  CHECK(written(0.0) == "0.0");
  CHECK(written(-0.0) == "-0.0");
  CHECK(written(100.0) == "100.0");
  CHECK(written(1e100) == "1e+100");
  CHECK(written(std::numeric_limits<double>::infinity()) == "null");
  CHECK(written(std::numeric_limits<double>::quiet_NaN()) == "null");
}

TEST_CASE("bytes are written in base64 with padding", "[schema][json]") {
  CHECK(base64("") == R"("")");
  CHECK(base64("f") == R"("Zg==")");
  CHECK(base64("fo") == R"("Zm8=")");
  CHECK(base64("foo") == R"("Zm9v")");
}

}  // namespace json_text_test
