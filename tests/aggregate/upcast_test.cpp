// Events that outlived their structs, on their way through upcasters.
#include "aggregate/recorded.hpp"
#include "aggregate/trip.hpp"

namespace upcast_test {

using namespace trip;
using recorded::Log;

namespace {

Trip::State load(Log& log, const string& key = "1") {
  const es::Repository<Trip> trips{log.log, log.clock};
  const auto loaded = trips.load(key);
  if (!loaded) FAIL(loaded.error().message());
  return loaded->state;
}

using Way = std::vector<string>;

}  // namespace

TEST_CASE("an old struct reaches today's event through every struct between", "[upcast]") {
  Log log;
  log.record("trip-1", BookedV1{"ada", 12.34});
  log.record("trip-2", BookedV2{"bob", "56"});
  log.record("trip-3", Booked{"cay", 78});
  CHECK(load(log, "1").cents == 1234);
  CHECK(load(log, "2").cents == 56);
  CHECK(load(log, "3").cents == 78);
  CHECK(load(log, "1").guest == "ada");
}

TEST_CASE("one event becomes several, one or none, and the versions stay", "[upcast]") {
  Log log;
  log.record("trip-1", Booked{"ada", 1});
  log.record("trip-1", MovedV1{"Köln", "Bonn", false});
  log.record("trip-1", NotedV1{"gone"});
  log.record("trip-1", MovedV1{"Bonn", "nowhere", true});
  const es::Repository<Trip> trips{log.log, log.clock};
  const auto loaded = trips.load("1");
  REQUIRE(loaded);
  CHECK(loaded->state.way == Way{"from Köln", "to Bonn", "from Bonn"});
  CHECK(loaded->version == es::Version{4});
  CHECK(trips.load_at("1", es::Version{2})->state.way == Way{"from Köln", "to Bonn"});
  CHECK(trips.load_at("1", es::Version{3})->version == es::Version{3});
}

TEST_CASE("the first part keeps the stored id, the others' derive from it", "[upcast]") {
  Log log;
  const auto stored = log.record("trip-1", MovedV1{"Köln", "Bonn", false});
  CHECK(load(log).last_id == es::part_id(stored, 1).to_string());
  CHECK(es::part_id(stored, 0) == stored);
  CHECK(es::part_id(stored, 1) != stored);
  CHECK(es::part_id(stored, 2) != es::part_id(stored, 1));
  const auto plain = log.record("trip-2", Arrived{"Bonn"});
  CHECK(load(log, "2").last_id == plain.to_string());
}

TEST_CASE("an event that was renamed is read under its old name, and filled in", "[upcast]") {
  Log log;
  log.record("trip-1", SettledThen{5});
  CHECK(load(log).paid_by == "cash");
}

TEST_CASE("an old struct is itself read from schemas that resolve to it", "[upcast]") {
  struct Older {
    static es::Schema schema() {
      es::Type type{es::Kind::record};
      type.fields.push_back({"euros", es::Type{es::Kind::float32}});
      type.fields.push_back({"guest", es::Type{es::Kind::text}});
      return es::Schema::of("TripBooked", std::move(type));
    }
  };
  Log log;
  es::Bytes data;
  es::BytesOut{data}(2.5F, string{"ada"});
  log.record("trip-1", Older::schema(), data, es::Codec::binary);
  CHECK(load(log).cents == 250);
}

TEST_CASE("an event kept as JSON is read as the struct that it fits", "[upcast]") {
  Log log;
  const auto keep = [&](const string& key, std::string_view json) {
    log.record("trip-" + key, es::schema_of<Booked>(), es::as_bytes(json), es::Codec::json);
  };
  keep("1", R"({"guest":"ada","cents":7})");
  keep("2", R"({"guest":"ada","cents_as_text":"8"})");
  keep("3", R"({"guest":"ada"})");
  CHECK(load(log, "1").cents == 7);
  CHECK(load(log, "2").cents == 8);
  const auto unreadable = es::Repository<Trip>{log.log, log.clock}.load("3");
  REQUIRE_FALSE(unreadable);
  CHECK(unreadable.error().code == es::Errc::unreadable_schema);
  CHECK(unreadable.error().detail == "kept as JSON: cents: missing field");
}

TEST_CASE("an upcaster that throws stops the replay and is named", "[upcast]") {
  Log log;
  log.record("trip-1", BookedV2{"ada", "broken"});
  const auto loaded = es::Repository<Trip>{log.log, log.clock}.load("1");
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().code == es::Errc::user_exception);
  CHECK(loaded.error().during == "evolve TripBooked");
  CHECK(loaded.error().detail == "no number");
  CHECK(loaded.error().at == es::Position{1});
}

TEST_CASE("a type-erased state takes the same way, one event or many at a time", "[upcast]") {
  Log log;
  log.record("trip-1", BookedV1{"ada", 1});
  log.record("trip-1", MovedV1{"Köln", "Bonn", false});
  const auto type = es::aggregate<Trip>();
  const auto stream = *es::StreamId::parse("trip-1");
  const auto at_once = type.new_state();
  REQUIRE(es::replay(log.log, log.schemas, stream, *at_once));
  const auto one_by_one = type.new_state();
  const auto page = *log.log.read_stream(stream);
  for (const auto& event : page.events) REQUIRE(one_by_one->apply(event, *es::metadata_of(event), log.schemas));
  CHECK(*at_once->as<Trip::State>() == load(log));
  CHECK(*one_by_one->as<Trip::State>() == load(log));
  CHECK(at_once->version == es::Version{2});
}

TEST_CASE("what an event contributes is counted from the parts, each with the states around it", "[upcast]") {
  Log log;
  log.record("trip-1", MovedV1{"Köln", "Bonn", false});
  const auto type = es::aggregate<Trip>();
  const auto before = type.new_state();
  const auto after = type.new_state();
  const auto page = *log.log.read_stream(*es::StreamId::parse("trip-1"));
  REQUIRE(after->apply(page.events[0], *es::metadata_of(page.events[0]), log.schemas));
  es::Measurements measured;
  REQUIRE(type.measure(page.events[0], *before, *after, log.schemas, measured));
  REQUIRE(measured.all().size() == 1);
  CHECK(measured.all()[0].value == 21);  // two steps after, one before
}

TEST_CASE("a schema that several structs could take is refused with what to write", "[upcast]") {
  const std::array<es::ReadableText, 2> targets{
      es::ReadableText{"Named", "", "{a:text,b:int64}", "{a:text,b=:int64}", true},
      es::ReadableText{"Named", "", "{a:text,c:bool}", "{a:text,c=:bool}", false}};
  CHECK(es::judge("Named", "{a:text}", targets).way == es::Verdict::Way::ambiguous);
  CHECK(es::judge("Named", "{a:text,b:int64}", targets).way == es::Verdict::Way::same);
  CHECK(es::judge("Named", "{a:text,c:bool}", targets).way == es::Verdict::Way::upcast);
  CHECK(es::judge("Named", "{a:text,b:int32,d:bool}", targets).way == es::Verdict::Way::ambiguous);
  CHECK(es::judge("Other", "{a:text}", targets).way == es::Verdict::Way::unknown);
  CHECK(es::judge("Named", "{a:int8}", targets).way == es::Verdict::Way::breaking);
}

}  // namespace upcast_test
