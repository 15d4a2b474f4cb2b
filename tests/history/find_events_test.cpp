// Finding events by what they are and what their data has.
#include <eventstore/history/find_events.hpp>

#include "parcels.hpp"

namespace find_events_test {

using namespace parcels;

namespace {

using Positions = std::vector<std::uint64_t>;

const string sent = R"({"name":"Grüße aus der Straße","size":"large","count":7,"weight":2.5,"paid":true,)"
                    R"("address":{"street":"Main Street"},"remark":"with care","notes":["a",null],)"
                    R"("labels":{"k.1":1,"plain":2},"corner":[3,4],"tags":["glass","late"],)"
                    R"("payment":{"kind":"Card","number":"42"},"others":[{"kind":"Cash"}],)"
                    R"("free":{"deep":[{"x":1.0}],"none":null},"due":"2026-02-01T00:00:00Z",)"
                    R"("batch":"123e4567-e89b-12d3-a456-426614174000","seal":"c2VjcmV0"})";

struct Finder : ParcelLog {
  Positions find(const es::EventQuery& query) {
    Positions positions;
    const auto found = es::find_events(log, schemas, query, [&](const es::RecordedEvent& event) -> es::Result<void> {
      positions.push_back(event.position.value);
      return {};
    });
    if (!found) FAIL(found.error().message());
    CHECK(*found == positions.size());
    return positions;
  }
  Positions where(const std::vector<string>& conditions) {
    es::EventQuery query;
    for (const auto& each : conditions) {
      auto condition = es::parse_data_condition(each);
      if (!condition) FAIL(condition.error().message());
      query.where.push_back(std::move(*condition));
    }
    return find(query);
  }
  Positions text(const string& words) {
    es::EventQuery query;
    query.text = words;
    return find(query);
  }
};

}  // namespace

TEST_CASE("conditions look into data that is bytes and into data that is JSON", "[find]") {
  Finder finder;
  finder.add({.type = "ParcelSent", .data = sent});
  finder.add({.data = sent});
  const Positions both{1, 2};
  for (const auto* const each : {"name=Grüße aus der Straße",
                                 "size=large",
                                 "size=\"large\"",
                                 "count=7",
                                 "count=7.0",
                                 "count=70e-1",
                                 "weight=2.5",
                                 "paid=true",
                                 "address.street=Main Street",
                                 "notes[0]=a",
                                 "notes[1]=null",
                                 "labels[\"k.1\"]=1",
                                 "labels.plain=2",
                                 "[\"labels\"][\"plain\"]=2",
                                 "corner[1]=4",
                                 "corner=[3,4]",
                                 "tags[0]=glass",
                                 "payment.kind=Card",
                                 "payment.number=\"42\"",
                                 "others[0].kind=Cash",
                                 "others=[{\"kind\":\"Cash\"}]",
                                 "free.deep[0].x=1",
                                 "free.none=null",
                                 "free={\"none\":null,\"deep\":[{\"x\":1}]}",
                                 "batch=123e4567-e89b-12d3-a456-426614174000",
                                 "seal=c2VjcmV0",
                                 "address={\"street\":\"Main Street\"}"}) {
    CAPTURE(each);
    CHECK(finder.where({each}) == both);
  }
  for (const auto* const each : {"name=grüße",       "count=8",           "count=\"7\"",
                                 "paid=1",           "address=null",      "address.floor=null",
                                 "fragile=null",     "notes[2]=null",     "notes.a=a",
                                 "labels[0]=1",      "corner[2]=0",       "corner[99999999999]=0",
                                 "payment.kind.x=1", "payment.number=42", "free.deep[0].y=1",
                                 "nothing=1",        "name.x=1",          "name[0]=G",
                                 "labels.k=1",       "size.large=1",      "free.none.x=null"}) {
    CAPTURE(each);
    CHECK(finder.where({each}).empty());
  }
  CHECK(finder.where({"count=7", "size=large"}) == both);
  CHECK(finder.where({"count=7", "size=small"}).empty());
  // As their lines are printed: by the recorded schema, which flattens nothing, and as the JSON stands.
  CHECK(finder.where({"extra.remark=with care"}) == Positions{1});
  CHECK(finder.where({"remark=with care"}) == Positions{2});
  CHECK(finder.where({"due=2026-02-01T00:00:00.000000Z"}) == Positions{1});
  CHECK(finder.where({"due=2026-02-01T00:00:00Z"}) == Positions{2});
}

TEST_CASE("whole numbers beyond float64 are compared exactly", "[find]") {
  Finder finder;
  finder.add({.data = R"({"n":9007199254740993})"});
  CHECK(finder.where({"n=9007199254740993"}) == Positions{1});
  CHECK(finder.where({"n=9007199254740992"}).empty());
}

TEST_CASE("text is found in every text value whatever its case", "[find]") {
  Finder finder;
  finder.add({.type = "ParcelSent", .data = sent});
  finder.add({.data = sent});
  const Positions both{1, 2};
  for (const auto* const each : {"MAIN", "strasse", "GRÜSSE", "late", "card", "2026-02-01", "426614174000", "a"}) {
    CAPTURE(each);
    CHECK(finder.text(each) == both);
  }
  for (const auto* const each : {"street name", "k.1", "plain", "kind", "2.5"}) {
    CAPTURE(each);
    CHECK(finder.text(each).empty());
  }
}

TEST_CASE("a path that is none is refused with the column", "[find]") {
  const std::vector<std::pair<string, string>> wrong{
      {"", "column 1"},        {"=3", "column 1"},           {"a..b=3", "column 3"},
      {"a.=3", "column 3"},    {"ü[x]=3", "column 3"},       {"a[0=3", "column 4"},
      {"a[\"b=3", "column 3"}, {"a[\"\\q\"]=3", "column 3"}, {"a b=3", "column 2"},
      {"a[0]b=3", "column 5"}, {"a[-1]=3", "column 3"},      {"a[99999999999999999999]=3", "column 3"},
      {"a[", "column 3"},      {"status", "expected '='"}};
  for (const auto& [text, part] : wrong) {
    CAPTURE(text);
    const auto condition = es::parse_data_condition(text);
    REQUIRE_FALSE(condition.has_value());
    CHECK(condition.error().code == es::Errc::invalid_argument);
    CHECK_THAT(condition.error().message(), Catch::Contains(part));
  }
}

TEST_CASE("a stream is searched by its own versions", "[find]") {
  Finder finder;
  for (int i = 0; i < 6; ++i)
    finder.add({.stream = i % 2 == 0 ? "parcel-1" : "parcel-2", .type = i < 3 ? "ParcelNoted" : "ParcelLost"});
  es::EventQuery query;
  query.stream = es::StreamId::trusted("parcel-1");
  CHECK(finder.find(query) == Positions{1, 3, 5});
  query.direction = es::Direction::backward;
  query.limit = 2;
  CHECK(finder.find(query) == Positions{5, 3});
  query.filter.type = "ParcelNoted";
  CHECK(finder.find(query) == Positions{3, 1});
  query.filter.category = "letter";
  CHECK(finder.find(query).empty());
  query.stream = es::StreamId::trusted("parcel-9");
  const auto error =
      es::find_events(finder.log, finder.schemas, query, [](const es::RecordedEvent&) { return es::Result<void>{}; });
  REQUIRE_FALSE(error.has_value());
  CHECK(error.error().code == es::Errc::not_found);
}

TEST_CASE("a clock runs backward against the event before in the stream alone", "[find]") {
  Finder finder;
  const auto at = [](int seconds) { return noon.plus_seconds(seconds); };
  finder.add({.stream = "parcel-1", .created_at = at(10)});
  finder.add({.stream = "parcel-2", .created_at = at(5)});
  finder.add({.stream = "parcel-1", .type = "ParcelLost", .created_at = at(9)});
  finder.add({.stream = "parcel-2", .created_at = at(5)});
  finder.add({.stream = "parcel-1", .type = "ParcelLost", .created_at = at(9)});
  finder.add({.stream = "parcel-2", .type = "ParcelLost", .created_at = at(4)});
  es::EventQuery query;
  query.backward_clocks = true;
  CHECK(finder.find(query) == Positions{3, 6});
  query.filter.type = "ParcelLost";
  CHECK(finder.find(query) == Positions{3, 6});
  query.direction = es::Direction::backward;
  CHECK(finder.find(query) == Positions{6, 3});
  query.stream = es::StreamId::trusted("parcel-2");
  CHECK(finder.find(query) == Positions{6});
}

TEST_CASE("an error of the receiver ends the search", "[find]") {
  Finder finder;
  for (int i = 0; i < 3; ++i) finder.add({});
  int given = 0;
  const auto found = es::find_events(finder.log, finder.schemas, {}, [&](const es::RecordedEvent&) -> es::Result<void> {
    ++given;
    return es::failure(es::Errc::stopped, "print", "");
  });
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().code == es::Errc::stopped);
  CHECK(given == 1);
  const auto thrown =
      es::find_events(finder.log, finder.schemas, {}, [](const es::RecordedEvent&) -> es::Result<void> { throw 1; });
  REQUIRE_FALSE(thrown.has_value());
  CHECK(thrown.error().code == es::Errc::user_exception);
}

}  // namespace find_events_test
