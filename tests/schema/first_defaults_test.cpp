// Defaults that were changed in code: derived ids and lock files go by those that were locked first.
#include <catch2/catch.hpp>
#include <eventstore/schema/codec.hpp>
#include <eventstore/schema/detail/first_defaults.hpp>
#include <eventstore/schema/event_line.hpp>

namespace first_defaults_test {

using namespace eventstore;
using std::int64_t, std::string;

namespace {

EVENTSTORE_ENUM(Rank, low, normal, high);

namespace day_one {
struct Size {
  EVENTSTORE_FIELDS(Size, (bool, round, false));
};
struct Packed {
  EVENTSTORE_EVENT(Packed, "Packed", (string, label), (int64_t, count, 1), (Rank, rank, Rank::low),
                   (std::optional<string>, by, "me"), (std::optional<Size>, size),
                   (std::vector<Size>, others, std::vector<Size>{}), (int64_t, shelf));
};
}  // namespace day_one

// The same defaults written down, where the code has others.
namespace later {
struct Size {
  EVENTSTORE_FIELDS(Size, (bool, round, true, first_default("false")));
};
struct Packed {
  EVENTSTORE_EVENT(Packed, "Packed", (string, label), (int64_t, pieces, 12, was("count") | first_default("1")),
                   (Rank, rank, Rank::high, first_default("low")),
                   (std::optional<string>, by, std::nullopt, first_default("me")), (std::optional<Size>, size),
                   (std::vector<Size>, others, std::vector<Size>{}), (int64_t, shelf, 7, no_first_default));
};
}  // namespace later

// Nothing is written down.
namespace forgotten {
struct Packed {
  EVENTSTORE_EVENT(Packed, "Packed", (string, label), (int64_t, pieces, 12, was("count")), (Rank, rank, Rank::high),
                   (std::optional<string>, by), (std::optional<later::Size>, size),
                   (std::vector<day_one::Size>, others, std::vector<day_one::Size>{}), (int64_t, shelf, 7));
};
}  // namespace forgotten

struct Wrong {
  EVENTSTORE_EVENT(Wrong, "Wrong", (int64_t, count, 1, first_default("many")),
                   (Rank, rank, Rank::low, first_default("none")));
};

EventLine read(const Schema& schema, const string& data) {
  EventTypes known;
  known.add("parcel", schema);
  auto line =
      EventLineReader{known}.read(R"({"aggregate_type":"parcel","aggregate_id":"7","event_type":"Packed","version":1,)"
                                  R"("created_at":"2026-01-27T10:30:00Z","event_data":)" +
                                  data + "}");
  if (!line) FAIL(line.error().message());
  return std::move(*line);
}

string id_of(const Schema& schema, const string& data) { return read(schema, data).metadata.event_id.to_string(); }

const Schema& first = schema_of<day_one::Packed>();
const string first_defaults =
    R"({"count":1,"rank":"low","by":"me","size.round":false,"others":[],"others[].round":false})";

}  // namespace

TEST_CASE("a default that was changed changes no derived id", "[line][id]") {
  const auto& now = schema_of<later::Packed>();
  for (const string data :
       {R"({"label":"a","shelf":7})", R"({"label":"a","shelf":7,"count":1,"rank":"low","by":"me"})",
        R"({"label":"a","shelf":7,"count":12,"rank":"high"})", R"({"label":"a","shelf":7,"by":null,"size":{}})",
        R"({"label":"a","shelf":8,"size":{"round":false}})",
        R"({"label":"a","shelf":7,"size":{"round":true},"others":[{},{"round":true}]})"}) {
    CAPTURE(data);
    CHECK(id_of(now, data) == id_of(first, data));
    CHECK(read(first, data).first_data.empty());
  }
  CHECK(id_of(now, R"({"label":"a","shelf":7,"count":12})") != id_of(now, R"({"label":"a","shelf":7})"));
  const auto line = read(now, R"({"label":"a","shelf":7})");
  CHECK(decode<later::Packed>(line.data)->pieces == 12);
  CHECK(decode<later::Packed>(line.first_data)->pieces == 1);
  CHECK(read(now, R"({"label":"a","pieces":1,"rank":"low","by":"me"})").first_data.empty());
}

TEST_CASE("the first defaults of a schema are named by their fields' oldest paths", "[schema][lock]") {
  CHECK(first_defaults_json(first.type) == first_defaults);
  CHECK(first_defaults_json(schema_of<later::Packed>().type) == first_defaults);
  CHECK_FALSE(has_other_first_defaults(first.type));
  CHECK(has_other_first_defaults(schema_of<later::Packed>().type));
}

TEST_CASE("a default that differs from the one that was first locked is asked about", "[schema][lock]") {
  const std::vector<LockEntry> entries{{1, first, first_defaults}, {2, schema_of<forgotten::Packed>(), "{}"}};
  CHECK(ask_first_defaults(entries, first).empty());
  CHECK(ask_first_defaults(entries, schema_of<later::Packed>()).empty());
  const auto asked = ask_first_defaults(entries, schema_of<forgotten::Packed>());
  REQUIRE(asked.size() == 4);
  CHECK(asked[0] ==
        "the default of `pieces` was 1 when it was first locked: say es::first_default(\"1\") as an "
        "attribute of it, so that derived ids stay the same");
  CHECK_THAT(asked[1],
             Catch::StartsWith("the default of `rank` was \"low\"") && Catch::Contains("es::first_default(\"low\")"));
  CHECK_THAT(asked[2], Catch::Contains("es::first_default(\"me\")"));
  CHECK(asked[3] ==
        "`shelf` had no default when it was first locked: say es::no_first_default as an attribute of it, "
        "so that derived ids stay the same");
  const auto checked = check_all_locked(write_lock("parcel", entries), std::vector{&schema_of<forgotten::Packed>()});
  REQUIRE_FALSE(checked);
  CHECK_THAT(checked.error().detail, Catch::StartsWith("Packed: the default of `pieces` was 1"));
}

TEST_CASE("lines that were locked before defaults were recorded ask nothing", "[schema][lock]") {
  CHECK(ask_first_defaults(std::vector<LockEntry>{{1, first}}, schema_of<forgotten::Packed>()).empty());
}

TEST_CASE("a first default that is no value of its field is named", "[schema][lock]") {
  const auto asked = ask_first_defaults({}, schema_of<Wrong>());
  REQUIRE(asked.size() == 2);
  CHECK(asked[0] == "es::first_default(\"many\") of `count` is no value of this field: write a value of type int64");
  CHECK_THAT(asked[1], Catch::StartsWith("es::first_default(\"none\") of `rank`"));
}

TEST_CASE("a lock file keeps defaults, whatever they are", "[schema][lock]") {
  const string odd = R"x({"a":"(see)","b":"x)\"y","c":[1]})x";
  const auto text = write_lock("parcel", {{1, first, first_defaults}, {2, schema_of<later::Packed>(), odd}});
  CHECK_THAT(text, Catch::Contains("\", R\"(" + first_defaults + ")\"},\n"));
  const auto entries = parse_lock(text);
  if (!entries) FAIL(entries.error().message());
  CHECK(entries->front().defaults == first_defaults);
  CHECK(write_lock("parcel", *entries) == text);
  CHECK_THAT(*(*entries)[1].defaults, Catch::Contains(R"("(see\u0029")"));
  CHECK_FALSE(parse_lock(write_lock("parcel", {{1, first, "[1]"}})));
}

}  // namespace first_defaults_test
