// Whether an event that is appended again under another schema is the same.
#include <catch2/catch.hpp>
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/detail/same_data.hpp>

namespace same_data_test {

using namespace eventstore;

namespace {

struct Before {
  EVENTSTORE_EVENT(Before, "Paid", (std::int32_t, cents), (std::string, note));
};
struct After {
  EVENTSTORE_EVENT(After, "Paid", (std::string, note), (std::int64_t, cents), (std::string, currency, "EUR"));
};
struct Wider {
  EVENTSTORE_EVENT(Wider, "Paid", (std::int64_t, cents), (std::string, note));
};
struct Unlike {
  EVENTSTORE_EVENT(Unlike, "Paid", (bool, cents));
};

template <class Given, class Stored> bool is_same(const Given& given, const Stored& stored) {
  const auto given_data = encode(given);
  const auto stored_data = encode(stored);
  NewEvent event{StreamId::trusted("bill-1")};
  event.schema = schema_of<Given>().id;
  event.data = given_data;
  RecordedEvent recorded{};
  recorded.schema = schema_of<Stored>().id;
  recorded.data = stored_data;
  const auto same = has_same_data(event, &schema_of<Given>(), recorded, schema_of<Stored>().record().descriptor);
  if (!same) FAIL(same.error().message());
  return *same;
}

template <class Stored> bool json_is_same(std::string_view json, const Stored& stored) {
  const auto stored_data = encode(stored);
  NewEvent event{StreamId::trusted("bill-1")};
  event.codec = Codec::json;
  event.data = as_bytes(json);
  RecordedEvent recorded{};
  recorded.schema = schema_of<Stored>().id;
  recorded.data = stored_data;
  return *has_same_data(event, nullptr, recorded, schema_of<Stored>().record().descriptor);
}

}  // namespace

TEST_CASE("data under another schema is the same if one resolves to the other", "[same_data]") {
  CHECK(is_same(After{"rent", 500}, Before{500, "rent"}));
  // An older build repeats what a newer one wrote.
  CHECK(is_same(Before{500, "rent"}, Wider{500, "rent"}));
  CHECK_FALSE(is_same(Before{501, "rent"}, Wider{500, "rent"}));
  CHECK_FALSE(is_same(Before{500, "rent"}, After{"rent", 500}));  // a descriptor has no defaults
  CHECK_FALSE(is_same(After{"rent", 501}, Before{500, "rent"}));
  CHECK_FALSE(is_same(After{"rent", 500, "USD"}, Before{500, "rent"}));
  CHECK_FALSE(is_same(Unlike{true}, Before{1, ""}));
  CHECK(is_same(Before{500, "rent"}, Before{500, "rent"}));
  CHECK_FALSE(is_same(Before{500, "rent"}, Before{500, "food"}));
}

TEST_CASE("JSON is the same as bytes if it is their value", "[same_data]") {
  CHECK(json_is_same(R"({"note":"rent","cents":500})", Before{500, "rent"}));
  CHECK_FALSE(json_is_same(R"({"note":"rent","cents":501})", Before{500, "rent"}));
  CHECK_FALSE(json_is_same("nonsense", Before{500, "rent"}));
  const auto bytes = encode(Before{500, "rent"});
  NewEvent event{StreamId::trusted("bill-1")};
  event.schema = schema_of<Before>().id;
  event.data = bytes;
  RecordedEvent recorded{};
  recorded.codec = Codec::json;
  for (const auto& [json, same] : {std::pair{R"({"note":"rent","cents":500})", true}, {R"({"cents":500})", false}}) {
    recorded.data = as_bytes(std::string_view{json});
    CHECK(*has_same_data(event, &schema_of<Before>(), recorded, {}) == same);
  }
}

TEST_CASE("a descriptor that cannot be read says so", "[same_data]") {
  NewEvent event{StreamId::trusted("bill-1")};
  event.schema = schema_of<Before>().id;
  RecordedEvent recorded{};
  recorded.schema = schema_of<After>().id;
  const auto same = has_same_data(event, &schema_of<Before>(), recorded, as_bytes(std::string_view{"nonsense"}));
  REQUIRE_FALSE(same);
}

namespace {
struct Free {
  EVENTSTORE_EVENT(Free, "Free", (Json, data), (std::optional<Json>, more));
};
}  // namespace

TEST_CASE("free data is the same whatever its order and the form of its numbers", "[same_data]") {
  const Free stored{{R"({"a":1,"b":[2.50]})"}, Json{R"({"n":1e2})"}};
  CHECK(is_same(Free{{R"({"b":[2.5],"a":1.0})"}, Json{R"({"n":100})"}}, stored));
  CHECK_FALSE(is_same(Free{{R"({"b":[2.5],"a":1.5})"}, Json{R"({"n":100})"}}, stored));
  CHECK_FALSE(is_same(Free{{R"({"b":[2.5],"a":1})"}, std::nullopt}, stored));
}

}  // namespace same_data_test
