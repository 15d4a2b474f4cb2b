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

TEST_CASE("the first character that nobody sees is named with its place") {
  const auto found = [](std::string_view text) {
    const auto hidden = find_hidden(text);
    return hidden ? hidden->describe() : "none";
  };
  CHECK(found("caf\xC3\xA9 \xE4\xB8\xAD \xF0\x9F\x9A\x9A") == "none");
  CHECK(found("a\nb") == "U+000A at byte 1");
  CHECK(found("\xC3\xA9\xE2\x80\x8B") == "U+200B at byte 2");
  CHECK(found("ab\xE2\x80\xAEtxt") == "U+202E at byte 2");
  CHECK(found("\xE2\x81\xA6") == "U+2066 at byte 0");
  CHECK(found("\xC2\xAD") == "U+00AD at byte 0");
  CHECK(found("x\xEF\xBB\xBF") == "U+FEFF at byte 1");
  CHECK(found("\xF3\xA0\x80\xA0") == "U+E0020 at byte 0");
  CHECK_FALSE(is_printable_utf8("a\xE2\x80\x8B"));
}

TEST_CASE("text for a terminal shows what it hides, and leaves emoji and joined letters as they are") {
  CHECK(made_visible("plain caf\xC3\xA9") == "plain caf\xC3\xA9");
  CHECK(made_visible("a\nb\x7F\xC2\x9B"
                     "c") == "a b  c");
  CHECK(made_visible("a\xE2\x80\xAE"
                     "b\xE2\x80\x8B") == "a\\u{202e}b\\u{200b}");
  CHECK(made_visible("\xE2\x9D\xA4\xEF\xB8\x8F \xE2\x80\x8D") == "\xE2\x9D\xA4\xEF\xB8\x8F \xE2\x80\x8D");
  CHECK(made_visible("") == "");
}
