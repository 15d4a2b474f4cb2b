// What holds of scrubbed payloads, whatever they were.
#include <eventstore/core/detail/utf8.hpp>
#include <eventstore/schema/detail/check.hpp>
#include <eventstore/schema/json_codec.hpp>
#include <eventstore/schema/schema.hpp>
#include "../../src/schema/scrub.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "schema/any_value.hpp"

namespace scrub_property_test {

using namespace eventstore;

namespace {

Bytes any_value(const Type& type) {
  Bytes bytes;
  BytesOut out{bytes};
  any::value(type, out);
  return bytes;
}

bool is_letter_or_digit(char c) {
  return c < 0 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Whether texts have letters and digits, characters beyond ASCII, and all else in the same places.
bool are_of_one_shape(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return x == y || (is_letter_or_digit(x) && is_letter_or_digit(y) && (x < 0) == (y < 0));
  });
}

// Whether four bytes of letters and digits, from where a character begins, stand beside one another in both.
bool shares_a_run(std::string_view text, std::string_view with) {
  constexpr std::size_t run = 4;
  for (std::size_t at = 0; at + run <= text.size(); ++at) {
    const auto piece = text.substr(at, run);
    const bool within_a_character = (static_cast<unsigned char>(piece.front()) & 0xC0U) == 0x80U;
    if (!within_a_character && std::all_of(piece.begin(), piece.end(), is_letter_or_digit) &&
        with.find(piece) != std::string_view::npos)
      return true;
  }
  return false;
}

std::string scrubbed_text(const std::string& text) {
  Bytes bytes;
  BytesOut{bytes}(text);
  const auto made_up = scrub(Type{Kind::text}, bytes);
  RC_ASSERT(made_up.has_value());
  std::string read;
  BytesIn in{*made_up};
  in(read);
  return read;
}

Type without(Kind kind, Type type) {
  if (type.kind == kind) return Type{Kind::text};
  for (auto& element : type.of) element = without(kind, element);
  for (auto& field : type.fields) field.type = without(kind, field.type);
  return type;
}

}  // namespace

TEST_CASE("a scrubbed payload is one of the same schema that could be stored", "[schema][scrub][property]") {
  CHECK(rc::check("check(scrub(x))", [] {
    const auto type = any::record();
    const auto made_up = scrub(type, any_value(type));
    if (!made_up) RC_FAIL(made_up.error().message() + " in " + canonical_text(type));
    RC_ASSERT(check_value(type, *made_up).has_value());
    std::string json;
    RC_ASSERT(bytes_to_json(type, *made_up, json).has_value());
  }));
}

TEST_CASE("scrubbing keeps the number of bytes", "[schema][scrub][property]") {
  CHECK(rc::check("size(scrub(x)) == size(x)", [] {
    const auto type = without(Kind::set, without(Kind::json, any::record()));
    const auto bytes = any_value(type);
    RC_ASSERT(scrub(type, bytes)->size() == bytes.size());
  }));
}

TEST_CASE("scrubbing what was scrubbed changes nothing, but for the places of a map's entries and of a set's elements",
          "[schema][scrub][property]") {
  CHECK(rc::check("scrub(scrub(x)) == scrub(x)", [] {
    const auto type = without(Kind::set, without(Kind::map, any::record()));
    const auto once = *scrub(type, any_value(type));
    RC_ASSERT(*scrub(type, once) == once);
  }));
}

TEST_CASE("a text keeps its shape, and none of its words", "[schema][scrub][property]") {
  CHECK(rc::check("no run survives", [] {
    const auto text = any::text();
    const auto made_up = scrubbed_text(text);
    RC_ASSERT(is_utf8(made_up));
    RC_ASSERT(are_of_one_shape(text, made_up));
    RC_ASSERT_FALSE(shares_a_run(text, made_up));
  }));
}

TEST_CASE("texts of one shape come to one text", "[schema][scrub][property]") {
  CHECK(rc::check("scrub(a) == scrub(b)", [] {
    const auto text = any::text();
    auto other = text;
    for (auto& c : other) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>('a' + any::below(26));
      if (c >= 'A' && c <= 'Z') c = static_cast<char>('A' + any::below(26));
      if (c >= '0' && c <= '9') c = static_cast<char>('0' + any::below(10));
    }
    RC_ASSERT(scrubbed_text(text) == scrubbed_text(other));
  }));
}

TEST_CASE("a map keeps as many keys as it had", "[schema][scrub][property]") {
  CHECK(rc::check("keys stay different and ascend", [] {
    std::map<std::string, std::int32_t> counts;
    for (auto count = any::below(40); count > 0; --count)
      counts[std::string(1, static_cast<char>('a' + any::below(26))) + any::text()] = 1;
    Bytes bytes;
    BytesOut{bytes}(counts);
    const auto made_up = *scrub(Type{Kind::map, Type{Kind::int32}}, bytes);
    std::map<std::string, std::int32_t> read;
    BytesIn in{made_up};
    in(read);
    RC_ASSERT(read.size() == counts.size());
    Bytes again;
    BytesOut{again}(read);
    RC_ASSERT(again == made_up);
  }));
}

}  // namespace scrub_property_test
