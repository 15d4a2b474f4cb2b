#include <catch2/catch.hpp>
#include <limits>

#include "schema/samples.hpp"

namespace bytes_test {

using namespace eventstore;
using namespace samples;

namespace {

template <class T> void check_round_trip(const T& value) {
  const auto bytes = encode(value);
  const auto back = decode<T>(bytes);
  REQUIRE(back);
  CHECK(*back == value);
  CHECK(encode(*back) == bytes);
}

Bytes bytes_of(std::initializer_list<int> octets) {
  Bytes bytes;
  for (const int octet : octets) bytes.push_back(static_cast<std::byte>(octet));
  return bytes;
}

}  // namespace

TEST_CASE("a struct with every kind of field survives its bytes", "[schema][bytes]") {
  check_round_trip(example());
  check_round_trip(Everything{});
  check_round_trip(Nothing{});
}

TEST_CASE("integers and floating-point numbers survive their bytes at their limits", "[schema][bytes]") {
  Everything low = example();
  low.i8 = std::numeric_limits<std::int8_t>::min();
  low.i16 = std::numeric_limits<std::int16_t>::min();
  low.i32 = std::numeric_limits<std::int32_t>::min();
  low.i64 = std::numeric_limits<std::int64_t>::min();
  low.f32 = std::numeric_limits<float>::denorm_min();
  low.f64 = std::numeric_limits<double>::lowest();
  check_round_trip(low);
  Everything high = example();
  high.i8 = std::numeric_limits<std::int8_t>::max();
  high.i16 = std::numeric_limits<std::int16_t>::max();
  high.i32 = std::numeric_limits<std::int32_t>::max();
  high.i64 = std::numeric_limits<std::int64_t>::max();
  high.u8 = std::numeric_limits<std::uint8_t>::max();
  high.u16 = std::numeric_limits<std::uint16_t>::max();
  high.u32 = std::numeric_limits<std::uint32_t>::max();
  high.u64 = std::numeric_limits<std::uint64_t>::max();
  high.f32 = std::numeric_limits<float>::infinity();
  high.f64 = std::numeric_limits<double>::infinity();
  check_round_trip(high);
}

TEST_CASE("bytes are what the file format says, to the byte", "[schema][bytes]") {
  CHECK(encode(Item{"ab", 258}) == bytes_of({2, 0, 0, 0, 'a', 'b', 2, 1, 0, 0}));
  CHECK(encode(Size{1.0, {}}) == bytes_of({0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0}));
  CHECK(encode(Nothing{}).empty());
}

TEST_CASE("an enumerator is stored by its name, without the underscore that keeps it from a keyword",
          "[schema][bytes]") {
  CHECK(to_string(Verb::delete_) == "delete");
  CHECK(enum_from<Verb>("delete") == Verb::delete_);
  CHECK_FALSE(enum_from<Verb>("delete_"));
  const auto bytes = encode(example());
  CHECK(as_text(bytes).find("delete") != std::string_view::npos);
  CHECK(as_text(bytes).find("delete_") == std::string_view::npos);
}

SCENARIO("decode_into uses the memory of the object that it is given", "[schema][bytes]") {
  GIVEN("an object whose fields hold more than what is decoded") {
    Everything object = example();
    object.text.reserve(1000);
    object.bytes.reserve(1000);
    object.items.assign(50, Item{"old", 9});
    const auto* const text_memory = object.text.data();
    const auto* const bytes_memory = object.bytes.data();
    const auto* const items_memory = object.items.data();
    WHEN("another value is decoded into it") {
      Everything other{};
      other.text = "new";
      other.items = {{"new", 1}};
      REQUIRE(decode_into(encode(other), object));
      THEN("it equals that value and its memory is where it was") {
        CHECK(object == other);
        CHECK(object.text.data() == text_memory);
        CHECK(object.bytes.data() == bytes_memory);
        CHECK(object.items.data() == items_memory);
      }
    }
  }
}

}  // namespace bytes_test
