// Snapshots of aggregates whose events go through upcasters.
#include "aggregate/recorded.hpp"
#include "aggregate/snapshot_bank.hpp"
#include "aggregate/trip.hpp"

namespace snapshot_upcast_test {

using namespace trip;
using bank::code, bank::SnapshotBank;

namespace {

// The same events of today, without the old structs of Trip itself.
struct ForgetfulTrip {
  static constexpr auto category = "trip";
  using events = Trip::events;
  using State = Trip::State;
  static void evolve(State& s, const Booked& e) { Trip::evolve(s, e); }
  static void evolve(State& s, const Departed& e) { Trip::evolve(s, e); }
  static void evolve(State& s, const Arrived& e, const es::Metadata& m) { Trip::evolve(s, e, m); }
  static void evolve(State& s, const Paid& e) { Trip::evolve(s, e); }
};

// What no struct of Trip can take.
struct OtherPaid {
  EVENTSTORE_EVENT(OtherPaid, "TripSettled", (string, cents));
};

struct SnapshotTrips {
  recorded::Log events;
  SnapshotBank bank{es::SnapshotPolicy::every(1)};
  es::Repository<Trip> quick{events.log, events.clock, bank.snapshots, code};
  es::Repository<Trip> plain{events.log, events.clock};
};

void check_same(const SnapshotTrips& trips, es::Version version) {
  const auto quick = trips.quick.load("1");
  const auto plain = trips.plain.load("1");
  REQUIRE(quick);
  REQUIRE(plain);
  CHECK(quick->state == plain->state);
  CHECK(quick->version == version);
  CHECK(quick->position == plain->position);
}

}  // namespace

TEST_CASE("a snapshot stands after all that an upcaster made of its last event", "[snapshot][upcast]") {
  SnapshotTrips trips;
  trips.events.record("trip-1", BookedV1{"ada", 12.34});
  trips.events.record("trip-1", MovedV1{"Rome", "Bonn", false});
  check_same(trips, es::Version{2});
  trips.events.record("trip-1", NotedV1{"gone"});
  check_same(trips, es::Version{3});
  trips.events.record("trip-1", MovedV1{"Bonn", "Kiel", false});
  check_same(trips, es::Version{4});
  CHECK(trips.quick.load_at("1", es::Version{2})->state == trips.plain.load_at("1", es::Version{2})->state);
  CHECK(trips.quick.load_at("1", es::Version{3})->version == es::Version{3});
  CHECK(trips.bank.snapshots.counts().taken == 3);
  CHECK(trips.bank.snapshots.counts().used == 4);
  CHECK(trips.quick.load("1")->state.way == std::vector<string>{"from Rome", "to Bonn", "from Bonn", "to Kiel"});
}

TEST_CASE("old structs are part of the fingerprint", "[snapshot][upcast]") {
  const auto fingerprint = es::aggregate<Trip>(code).fingerprint;
  CHECK(es::aggregate<Trip>(code).fingerprint == fingerprint);
  CHECK(es::aggregate<ForgetfulTrip>(code).events == es::aggregate<Trip>(code).events);
  CHECK(es::aggregate<ForgetfulTrip>(code).fingerprint != fingerprint);
}

TEST_CASE("a store that cannot be read is not loaded from a snapshot either", "[snapshot][upcast]") {
  SnapshotTrips trips;
  trips.events.record("trip-1", Booked{"ada", 1});
  check_same(trips, es::Version{1});
  trips.events.record("trip-2", OtherPaid{"5"});
  const es::Repository<Trip> later{trips.events.log, trips.events.clock, trips.bank.snapshots, code};
  const auto loaded = later.load("1");
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().code == es::Errc::unreadable_schema);
  CHECK(loaded.error().during == "check_readable");
}

}  // namespace snapshot_upcast_test
