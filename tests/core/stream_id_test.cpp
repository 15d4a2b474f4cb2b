#include <catch2/catch.hpp>
#include <eventstore/core/stream_id.hpp>

using namespace eventstore;

TEST_CASE("a stream's name has a category and a key, which may contain dashes") {
  const auto id = StreamId::parse("delivery_note-2026-01-27/7");
  REQUIRE(id);
  CHECK(id->category() == "delivery_note");
  CHECK(id->key() == "2026-01-27/7");
  CHECK(id->text() == "delivery_note-2026-01-27/7");
  CHECK(*id == *StreamId::of("delivery_note", "2026-01-27/7"));
  CHECK(StreamId::parse("d--")->key() == "-");
  CHECK(StreamId::parse("person-\xC3\xA9ric")->key() == "\xC3\xA9ric");
}

TEST_CASE("the longest names are accepted, and one byte more is not") {
  const std::string category(StreamId::category_bytes_max, 'c');
  const std::string key(StreamId::key_bytes_max, 'k');
  CHECK(StreamId::of(category, key));
  CHECK_FALSE(StreamId::of(category + "c", key));
  CHECK_FALSE(StreamId::of(category, key + "k"));
}

TEST_CASE("a malformed stream id is refused, saying which part is wrong") {
  const auto message = [](std::string_view text) {
    const auto refused = StreamId::parse(text);
    REQUIRE_FALSE(refused);
    return refused.error().message();
  };
  CHECK(message("delivery") == "invalid_argument: read stream id [delivery]: a stream is named <category>-<key>");
  CHECK(message("Delivery-7") ==
        "invalid_argument: read stream id [Delivery]: a category is 1 to 64 of a-z, 0-9 and _");
  CHECK(message("-7") == "invalid_argument: read stream id: a category is 1 to 64 of a-z, 0-9 and _");
  CHECK(message("delivery-") == "invalid_argument: read stream id: a key is 1 to 200 bytes of printable UTF-8");
  CHECK(message("delivery-a\nb") ==
        "invalid_argument: read stream id [(not printable)]: the character U+000A at byte 1 cannot be seen: a key has "
        "only "
        "characters that show");
  CHECK_FALSE(StreamId::parse("delivery-\xFF"));
}
