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

TEST_CASE("a letter with a mark behind it is the same as the one character", "[unique]") {
  CHECK(lower_case("JOSE\xcc\x81@example.org") == "josé@example.org");
  CHECK(lower_case("u\xcc\x88"
                   "A\xcc\x8a") == "üå");
  CHECK(lower_case("\xce\xb9\xcc\x88\xcc\x81") == "ΐ");  // two marks, one after the other
  CHECK(lower_case("\xce\x99\xcc\x88") == "ϊ");
  CHECK(lower_case("\xd0\x98\xcc\x86") == "й");
  CHECK(lower_case("a\xcc\xa3\xcc\x82") == "ậ");
  CHECK(lower_case("H\xcc\xb1") == lower_case("ẖ"));
  // A mark that no letter takes stays, and so does one without a letter.
  CHECK(lower_case("q\xcc\x81") == "q\xcc\x81");
  CHECK(lower_case("\xcc\x81") == "\xcc\x81");
  CHECK(lower_case("\xff\xcc\x81\xcc") == "\xff\xcc\x81\xcc");
  for (const auto* const text : {"josé", "ǰ", "Ḗ", "q\xcc\x81\xcc\x88", "x\xcc\xb1\xcc\x81"})
    CHECK(lower_case(lower_case(text)) == lower_case(text));
}

TEST_CASE("text in ASCII has the lower case that it always had", "[unique]") {
  for (int first = 0; first < 128; ++first)
    for (int second = 0; second < 128; ++second) {
      const std::string text{static_cast<char>(first), static_cast<char>(second)};
      auto small = text;
      for (auto& c : small)
        if ('A' <= c && c <= 'Z') c = static_cast<char>(c + 32);
      REQUIRE(lower_case(text) == small);
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
