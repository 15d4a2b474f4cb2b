#include <catch2/catch.hpp>
#include <eventstore/core/detail/utf8.hpp>

using namespace eventstore;

TEST_CASE("well-formed text of every length of code point is UTF-8") {
  CHECK(is_utf8(""));
  CHECK(is_utf8("plain"));
  CHECK(is_utf8("\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x9A\x9A \xF4\x8F\xBF\xBF"));
  CHECK(is_utf8("line\nand\ttab"));
}

TEST_CASE("what RFC 3629 forbids is not UTF-8") {
  CHECK_FALSE(is_utf8("\xC0\xAF"));          // longer than needed
  CHECK_FALSE(is_utf8("\xE0\x80\xAF"));      // longer than needed
  CHECK_FALSE(is_utf8("\xED\xA0\x80"));      // a surrogate
  CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));  // past U+10FFFF
  CHECK_FALSE(is_utf8("\x80"));              // a continuation of nothing
  CHECK_FALSE(is_utf8("\xE2\x82"));          // cut off
  CHECK_FALSE(is_utf8("a\xFF"));
}

TEST_CASE("control characters and line separators are not printable") {
  CHECK(is_printable_utf8("caf\xC3\xA9, 7 km"));
  CHECK_FALSE(is_printable_utf8("a\nb"));
  CHECK_FALSE(is_printable_utf8(std::string_view{"a\0b", 3}));
  CHECK_FALSE(is_printable_utf8("\x7F"));
  CHECK_FALSE(is_printable_utf8("\xC2\x85"));
  CHECK_FALSE(is_printable_utf8("\xE2\x80\xA8"));
  CHECK_FALSE(is_printable_utf8("\xFF"));
}
