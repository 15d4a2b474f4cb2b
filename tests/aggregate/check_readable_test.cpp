// A store that holds what this build cannot read says so before the first event is read.
#include <eventstore/aggregate/check_readable.hpp>
#include <eventstore/aggregate/lock.hpp>

#include "aggregate/recorded.hpp"
#include "aggregate/trip.hpp"

namespace check_readable_test {

using namespace trip;
using recorded::Log;

namespace {

struct OtherBooked {
  EVENTSTORE_EVENT(OtherBooked, "TripBooked", (bool, guest));
};
struct OtherPaid {
  EVENTSTORE_EVENT(OtherPaid, "TripSettled", (string, cents));
};

// Every schema that the tests above write, as a lock file has them.
constexpr es::LockedSchema locked[] = {
    {1, "TripBooked", "", "{guest:text,euros:float64}"},
    {2, "TripBooked", "", "{guest:text,euros:float32}"},
    {3, "TripBooked", "", "{guest:text,cents_as_text:text}"},
    {4, "TripMoved", "", "{from:text,to:text,stays:bool}"},
    {5, "TripNoted", "", "{note:text}"},
    {6, "TripSettled", "", "{cents:int32}"},
    {7, "TripBooked", "", "{guest:text,cents:int64}"},
};
static_assert(es::check_lock<Trip, locked>());

}  // namespace

TEST_CASE("a store with unreadable types of the aggregate's own fails at once and names them all", "[check_readable]") {
  Log log;
  log.record("trip-1", Booked{"ada", 1});
  log.record("trip-2", OtherBooked{true});
  log.record("trip-3", OtherPaid{"5"});
  es::Repository<Trip> trips{log.log, log.clock};
  const auto loaded = trips.load("1");
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().code == es::Errc::unreadable_schema);
  CHECK(loaded.error().during == "check_readable");
  CHECK(loaded.error().where == "trip");
  CHECK_THAT(loaded.error().detail, Catch::Contains("TripBooked is stored under another schema: `guest` was bool"));
  CHECK_THAT(loaded.error().detail, Catch::Contains("; TripSettled is stored under another schema: `cents` was text"));
  CHECK_FALSE(trips.check_readable());
}

TEST_CASE("another category's events of the same name are nobody's business", "[check_readable]") {
  Log log;
  log.record("trip-1", Booked{"ada", 1});
  log.record("journey-2", OtherBooked{true});
  CHECK(es::Repository<Trip>{log.log, log.clock}.load("1"));
  CHECK(es::Repository<Trip>{log.log, log.clock}.check_readable());
}

TEST_CASE("a store passes the check where upcasters and plans read its events", "[check_readable]") {
  Log log;
  log.record("trip-1", BookedV1{"ada", 1});
  log.record("trip-1", BookedV2{"ada", "1"});
  log.record("trip-1", MovedV1{});
  log.record("trip-1", SettledThen{1});
  CHECK(es::check_readable(log.log, log.schemas, es::aggregate<Trip>()));
}

}  // namespace check_readable_test
