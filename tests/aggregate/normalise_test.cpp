// The forms by which unique values are compared.
#include <catch2/catch.hpp>
#include <eventstore/aggregate/unique.hpp>

#include <string>

namespace normalise_test {

using namespace eventstore;

TEST_CASE("lower case covers the letters of European scripts and leaves all other bytes", "[unique]") {
  CHECK(lower_case("Ada.LOVELACE+x@Example.ORG") == "ada.lovelace+x@example.org");
  CHECK(lower_case("ÄÖÜÉÑÞ×ß") == "äöüéñþ×ß");
  CHECK(lower_case("ŁÓDŹ ŠĆ ĲŸ") == "łódź šć ĳÿ");
  CHECK(lower_case("ΑΒΓΩΆΈΌΏΣ") == "αβγωάέόώσ");
  CHECK(lower_case("ЖУКОВ ЁЂЏ") == "жуков ёђџ");
  CHECK(lower_case("日本語 🙂") == "日本語 🙂");
  const std::string broken = "A\xc3";
  CHECK(lower_case(broken) == "a\xc3");
  CHECK(lower_case("\xff\xc3(") == "\xff\xc3(");
  CHECK(lower_case("").empty());
}

TEST_CASE("lower case is its own lower case", "[unique]") {
  for (char32_t letter = 0x80; letter < 0x800; ++letter) {
    const std::string text{static_cast<char>(0xc0U | letter >> 6U), static_cast<char>(0x80U | (letter & 0x3fU))};
    const auto small = lower_case(text);
    INFO(static_cast<std::uint32_t>(letter));
    REQUIRE(small.size() == 2);
    REQUIRE(lower_case(small) == small);
  }
}

TEST_CASE("a phone number is its digits and a leading plus", "[unique]") {
  CHECK(e164("+49 (30) 123-45.67/8") == "+493012345678");
  CHECK(e164("030 12345") == "03012345");
  CHECK(e164("(+1) 555 0100") == "+15550100");
  CHECK(e164("+123456789012345") == "+123456789012345");
}

TEST_CASE("what is no phone number has no form", "[unique]") {
  for (const auto* const text : {"", "unknown", "+", "- -", "1+2", "++1", "555 ext. 3", "+1234567890123456"})
    CHECK(e164(text).empty());
}

}  // namespace normalise_test
