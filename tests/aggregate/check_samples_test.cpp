// The golden corpus of an aggregate with a past: what its older builds stored is read by the structs of today.
#include <eventstore/aggregate/detail/check_samples.hpp>
#include <eventstore/schema/detail/sample_choice.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "aggregate/recorded.hpp"
#include "aggregate/trip.hpp"

namespace check_samples_test {

using namespace trip;

namespace {

const std::filesystem::path folder{EVENTSTORE_TRIP_SAMPLES};

std::string read(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

es::SampleFile parsed(const std::string& text) {
  auto file = es::parse_sample_file(text);
  if (!file) FAIL(file.error().message());
  return *file;
}

// The file that a store with these events leads to.
template <class E> std::string sampled(const std::vector<E>& events) {
  const auto& schema = es::schema_of<E>();
  es::SampleChoice choice{schema.type};
  for (const auto& event : events) REQUIRE(choice.offer(es::encode(event)));
  return *es::write_sample_file("trip", schema, *choice.chosen());
}

template <class E> void must_be_kept(const std::vector<E>& events) {
  const auto path = folder / es::sample_file_name(es::schema_of<E>());
  CAPTURE(path);
  CHECK(read(path) == sampled(events));
}

es::SampleFile one(const es::Schema& schema, es::Bytes payload) { return {schema, {{std::move(payload), ""}}}; }

}  // namespace

TEST_CASE("every sample of trips is read, whichever struct wrote it", "[sample]") {
  const auto type = es::aggregate<Trip>();
  std::map<es::Verdict::Way, int> ways;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    CAPTURE(entry.path());
    const auto file = parsed(read(entry.path()));
    const auto shown = es::check_by_descriptor(file);
    if (!shown) FAIL_CHECK(shown.error().message());
    const auto way = es::check_samples(type, file);
    if (!way) FAIL(way.error().message());
    ++ways[*way];
  }
  using Way = es::Verdict::Way;
  CHECK(ways == std::map<Way, int>{{Way::same, 4}, {Way::resolved, 1}, {Way::upcast, 4}});
}

TEST_CASE("the samples of trips are what events of their structs are scrubbed to", "[sample]") {
  must_be_kept<BookedV1>({{"Wanda Quox", 1234.5}, {"", 0.0}, {"Jörg", -0.0}});
  must_be_kept<BookedV2>({{"Wanda Quox", "123450"}, {"Jörg \"Yogi\"", "-7"}});
  must_be_kept<Booked>({{"Wanda Quox", 123450}, {"", 0}, {"Jörg", -7}});
  must_be_kept<MovedV1>({{"Köln", "Bonn", false}, {"Bonn", "", true}});
  must_be_kept<NotedV1>({{"Call Wanda: +49 171 9375"}, {""}, {std::string(300, 'w')}});
  must_be_kept<Departed>({{"Köln"}, {""}});
  must_be_kept<Arrived>({{"Bonn"}, {""}});
  must_be_kept<Paid>({{123450, "cash"}, {0, ""}});
  must_be_kept<SettledThen>({{0}, {-7}, {INT32_MAX}, {INT32_MIN}, {5}});
}

TEST_CASE("a sample that no struct reads is refused with what to write", "[sample]") {
  const auto type = es::aggregate<Trip>();
  const auto refused = [&](const std::string& descriptor) {
    const auto way = es::check_samples(type, one(*es::Schema::parse(descriptor), {}));
    REQUIRE_FALSE(way);
    CHECK(way.error().code == es::Errc::unreadable_schema);
    return way.error().message();
  };
  CHECK_THAT(refused("TripBurnt{}"), Catch::Contains("no struct has its name: add the event, or keep its old struct"));
  CHECK_THAT(refused("TripArrived{place:int64}"), Catch::Contains("give `place` its type back"));
}

TEST_CASE("an upcaster that does not take a sample is named with the payload", "[sample]") {
  const BookedV2 old{"Wanda", "broken"};
  const auto way = es::check_samples(es::aggregate<Trip>(), one(es::schema_of<BookedV2>(), es::encode(old)));
  REQUIRE_FALSE(way);
  CHECK(way.error().code == es::Errc::user_exception);
  CHECK(way.error().where == "payload 1");
  CHECK_THAT(way.error().detail, Catch::StartsWith("no number: an upcaster must take"));
}

TEST_CASE("a payload that its struct cannot hold is refused", "[sample]") {
  const auto way = es::check_samples(es::aggregate<Trip>(), one(es::schema_of<Arrived>(), es::Bytes(3)));
  REQUIRE_FALSE(way);
  CHECK(way.error().code == es::Errc::corrupt_record);
  CHECK(way.error().where == "payload 1");
}

TEST_CASE("an aggregate without its type reads a stored event as the events of today", "[sample]") {
  recorded::Log log;
  log.record("trip-1", MovedV1{"Köln", "Bonn", false});
  const auto page = *log.log.read_all();
  const auto events = es::aggregate<Trip>().read(page.events.front(), log.schemas);
  REQUIRE(events);
  REQUIRE(events->size() == 2);
  CHECK((*events)[0].schema == &es::schema_of<Departed>());
  CHECK(es::decode<Arrived>((*events)[1].data)->place == "Bonn");
}

}  // namespace check_samples_test
