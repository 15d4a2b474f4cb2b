// Defaults, optionals, earlier names, and records that stand flat among their neighbours.
#include <catch2/catch.hpp>

#include "schema/samples.hpp"

namespace json_shape_test {

using namespace eventstore;
using namespace samples;

namespace {

struct WithDefaults {
  EVENTSTORE_FIELDS(WithDefaults, (std::int32_t, minutes, 30), (string, channel, "whatsapp"),
                    (Verb, verb, Verb::update), (bool, fragile, false), (std::optional<std::int32_t>, limit, 5),
                    (std::optional<string>, note));
};

struct Renamed {
  EVENTSTORE_FIELDS(Renamed, (string, phone, , es::was("telephone") | es::personal_data));
};

struct Dimensions {
  EVENTSTORE_FIELDS(Dimensions, (std::optional<double>, length), (std::optional<double>, width));
};
struct Package {
  EVENTSTORE_FIELDS(Package, (std::optional<double>, weight),
                    (std::optional<Dimensions>, dimensions, , es::also_read_flat));
};

struct Inner {
  EVENTSTORE_FIELDS(Inner, (std::int32_t, deep));
};
struct Place {
  EVENTSTORE_FIELDS(Place, (double, longitude), (double, latitude), (Inner, inner, , es::flattened));
};
struct Stop {
  EVENTSTORE_FIELDS(Stop, (Place, place, , es::flattened), (string, name));
};

template <class T> Error error_of(std::string_view json) {
  const auto read = from_json<T>(json);
  REQUIRE_FALSE(read);
  return read.error();
}

}  // namespace

TEST_CASE("a field with a default may be missing or null", "[schema][json]") {
  const WithDefaults wanted{};
  CHECK(wanted.minutes == 30);
  CHECK(from_json<WithDefaults>("{}") == wanted);
  CHECK(from_json<WithDefaults>(R"({"minutes":null,"channel":null,"verb":null,"fragile":null})") == wanted);
  CHECK(from_json<WithDefaults>(R"({"minutes":1})")->minutes == 1);
}

TEST_CASE("an optional field may be missing or null, and is left out or written as null when asked", "[schema][json]") {
  const auto missing = from_json<Size>(R"({"length":1})");
  REQUIRE(missing);
  CHECK(from_json<Size>(R"({"length":1,"width":null})") == *missing);
  CHECK(to_json(*missing) == R"({"length":1.0})");
  std::string with_nulls;
  REQUIRE(bytes_to_json(type_of<Size>(), encode(*missing), with_nulls, {.empty = EmptyOptionals::write_null}));
  CHECK(with_nulls == R"({"length":1.0,"width":null})");
}

TEST_CASE("an optional with a default may be empty all the same", "[schema][json]") {
  WithDefaults value{};
  value.limit.reset();
  const auto json = to_json(value);
  CHECK(json == R"({"minutes":30,"channel":"whatsapp","verb":"update","fragile":false,"limit":null})");
  CHECK(from_json<WithDefaults>(json) == value);
  CHECK(from_json<WithDefaults>("{}")->limit == 5);
}

TEST_CASE("a renamed field is read by its earlier name too, and written by its own", "[schema][json]") {
  CHECK(from_json<Renamed>(R"({"telephone":"1"})") == Renamed{"1"});
  CHECK(from_json<Renamed>(R"({"telephone":"1","phone":"2"})") == Renamed{"2"});
  CHECK(to_json(Renamed{"1"}) == R"({"phone":"1"})");
  CHECK(schema_of<Renamed>().type.field("telephone") == schema_of<Renamed>().type.field("phone"));
}

TEST_CASE("a record that is also read flat takes its fields from beside it", "[schema][json]") {
  const Package wanted{2.0, Dimensions{1.0, 3.0}};
  CHECK(from_json<Package>(R"({"weight":2,"length":1,"width":3})") == wanted);
  CHECK(from_json<Package>(R"({"weight":2,"dimensions":{"length":1,"width":3}})") == wanted);
  CHECK(to_json(wanted) == R"({"weight":2.0,"dimensions":{"length":1.0,"width":3.0}})");
  CHECK(from_json<Package>(R"({"weight":2})") == Package{2.0, {}});
  CHECK(error_of<Package>(R"({"length":"long"})").where == "dimensions.length");
  CHECK(error_of<Package>(R"({"height":1})").where == "height");
}

TEST_CASE("a flattened record stands among its neighbours, written and read", "[schema][json]") {
  const Stop stop{{1.5, 2.5, {7}}, "here"};
  const auto json = to_json(stop);
  CHECK(json == R"({"longitude":1.5,"latitude":2.5,"deep":7,"name":"here"})");
  CHECK(from_json<Stop>(json) == stop);
  CHECK(from_json<Stop>(R"({"place":{"longitude":1.5,"latitude":2.5,"inner":{"deep":7}},"name":"here"})") == stop);
  CHECK(error_of<Stop>(R"({"longitude":1,"deep":7,"name":"here"})").detail == "missing field");
  CHECK(error_of<Stop>(R"({"longitude":1,"latitude":2,"deep":7,"depth":1,"name":"x"})").where == "depth");
}

}  // namespace json_shape_test
