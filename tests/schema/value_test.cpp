// Values in memory, read without their C++ types.
#include <eventstore/schema/detail/value_table.hpp>

#include <catch2/catch.hpp>

namespace value_test {

namespace es = eventstore;
using std::int64_t, std::string;

namespace {

EVENTSTORE_ENUM(Colour, red, blue);

struct Wheel {
  EVENTSTORE_FIELDS(Wheel, (string, name), (std::int16_t, size));
};
struct Horse {
  EVENTSTORE_FIELDS(Horse, (bool, is_tired));
};
using Power = std::variant<Wheel, Horse>;
using Pair = std::array<std::uint8_t, 2>;
using Names = std::map<string, int64_t>;

struct Cart {
  EVENTSTORE_FIELDS(Cart, (Colour, colour), (std::optional<int64_t>, load), (es::List<Wheel>, wheels), (Names, names),
                    (es::Map<Wheel>, spares), (std::set<string>, marks), (Pair, pair), (Power, power),
                    (std::chrono::hours, age), (double, length), (es::Timestamp, made_at), (es::Json, extra),
                    (es::Bytes, blob));
};

Cart cart() {
  Cart made{};
  made.colour = Colour::blue;
  made.wheels = {{"left", -3}, {"right", 4}};
  made.names = {{"a", 1}, {"b", 2}};
  made.spares["x"] = {"spare", 5};
  made.marks = {"m", "n"};
  made.pair = {7, 8};
  made.power = Horse{true};
  made.age = std::chrono::hours{48};
  made.length = 2.5;
  made.made_at = es::Timestamp{42};
  made.extra.text = "[1]";
  made.blob = es::Bytes(3);
  return made;
}

}  // namespace

TEST_CASE("a value in memory is read by its description", "[value]") {
  const auto it = cart();
  const auto value = es::detail::value_of(it);
  REQUIRE(value.kind() == es::Kind::record);
  CHECK(value.field(0).text() == "blue");
  CHECK_FALSE(value.field(1).content().is_there());
  CHECK(value.field(2).size() == 2);
  CHECK(value.field(2).at(1).field(0).text() == "right");
  CHECK(value.field(2).at(0).field(1).integer() == -3);
  CHECK(value.field(3).find("b").integer() == 2);
  CHECK_FALSE(value.field(3).find("c").is_there());
  CHECK(value.field(4).find("x").field(0).text() == "spare");
  CHECK(value.field(5).size() == 2);
  CHECK(value.field(6).at(1).natural() == 8);
  CHECK(value.field(7).alternative() == 1);
  CHECK(value.field(7).held().field(0).boolean());
  CHECK(value.field(8).kind() == es::Kind::hours);
  CHECK(value.field(8).integer() == 48);
  CHECK(value.field(9).number() == 2.5);
  CHECK(value.field(10).time() == es::Timestamp{42});
  CHECK(value.field(11).text() == "[1]");
  CHECK(value.field(12).text().size() == 3);
}

TEST_CASE("the kinds of values are those of the schema", "[value]") {
  const auto it = cart();
  const auto value = es::detail::value_of(it);
  const auto& fields = es::schema_of<Cart>().type.fields;
  for (std::size_t i = 0; i < fields.size(); ++i) CHECK(value.field(i).kind() == fields[i].type.kind);
}

TEST_CASE("elements and entries are walked in order until one ends the walk", "[value]") {
  const auto it = cart();
  const auto value = es::detail::value_of(it);
  string seen;
  CHECK(value.field(3).each([&](std::string_view key, es::Value entry) {
    seen += string{key} + std::to_string(entry.integer());
    return true;
  }));
  CHECK(value.field(5).each([&](std::string_view key, es::Value element) {
    seen += string{key} + string{element.text()};
    return true;
  }));
  CHECK_FALSE(value.field(2).each([&](std::string_view, es::Value element) {
    seen += string{element.field(0).text()};
    return false;
  }));
  CHECK(seen == "a1b2mnleft");
}

}  // namespace value_test
