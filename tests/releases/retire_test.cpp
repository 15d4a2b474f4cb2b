// Event types and categories that the program gave up: what is left to be read of them.
#include "releases/front_desk.hpp"

namespace retire_test {

using namespace tickets;
using es::Errc;

namespace {

// A release that refunds no more. What was refunded is of no interest now.
struct Retired {
  static constexpr auto category = "ticket";
  using events = es::Events<newer::Issued, newer::Moved, newer::Used>;
  using formerly = es::Formerly<newer::Refunded>;
  static es::Upcast<> upcast(const newer::Refunded&) { return {}; }
  using State = newer::Ticket::State;
  static void evolve(State& s, const newer::Issued& e) { newer::Ticket::evolve(s, e); }
  static void evolve(State& s, const newer::Moved& e) { newer::Ticket::evolve(s, e); }
  static void evolve(State& s, const newer::Used& e) { newer::Ticket::evolve(s, e); }
};

// One that forgot to say so.
struct Forgotten {
  static constexpr auto category = "ticket";
  using events = Retired::events;
  using State = Retired::State;
  static void evolve(State& s, const newer::Issued& e) { Retired::evolve(s, e); }
  static void evolve(State& s, const newer::Moved& e) { Retired::evolve(s, e); }
  static void evolve(State& s, const newer::Used& e) { Retired::evolve(s, e); }
};

// One that knows that it may have forgotten something.
struct Refusing : Forgotten {
  static constexpr auto unknown_events = es::UnknownEvents::refuse;
};

// The data of every event, and what it changed.
struct Trail {
  static constexpr auto name = "holders";
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, holder), (int64_t, used));
  };
  using reads = es::Everything;
  static void project(const es::AnyChange& c, es::Operations<Document>& to) {
    to.put(c.event().id.uuid.to_string(), {c.data() + c.changes().to_json(), 0});
  }
};

BoxOffice& refund(BoxOffice& office) {
  office.must_run<newer::Ticket>("1", newer::Issue{"ada", newer::Seat::box});
  office.must_run<newer::Ticket>("1", newer::Refund{});
  return office;
}

}  // namespace

TEST_CASE("a retired event type is read as nothing: the version stays, the state is as without it", "[retire]") {
  BoxOffice office;
  const auto loaded = refund(office).load<Retired>("1");
  CHECK(loaded.state.cents == 100);
  CHECK(loaded.version == es::Version{2});
  CHECK(office.raw()[1] == R"(ticket-1 2 TicketRefunded {"cents":100})");
}

TEST_CASE("an event type that was taken away without a word is named by the state and by what it refuses", "[retire]") {
  BoxOffice office;
  refund(office);
  CHECK(office.load<Forgotten>("1").passed_over.to_string() == "TicketRefunded at position 2");
  const auto refused = es::Repository<Refusing>{office.log, office.clock}.load("1");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::unreadable_schema);
  CHECK_THAT(refused.error().detail, Catch::StartsWith("TicketRefunded is no event of this build, and the log has it "
                                                       "since position 2: add it to the aggregate's events, or keep "
                                                       "its old struct in `using formerly` with an upcaster"));
}

TEST_CASE("a retired category keeps its events: raw reading and projections of everything still have them",
          "[retire]") {
  FrontDesk desk;
  refund(desk);
  const Release without{{}, es::projection<Trail>()};
  const auto report = desk.project(without);
  if (!report) FAIL(report.error().message());
  CHECK(desk.documents() == Lines{R"({"cents":100}{"before":{},"after":{}} 0)",
                                  R"({"holder":"ada","seat":"box","cents":100}{"before":{},"after":{}} 0)"});
  CHECK(desk.raw().size() == 2);
}

TEST_CASE("a category that comes back has the aggregates that it had", "[retire]") {
  BoxOffice office;
  refund(office);
  CHECK(office.load<newer::Ticket>("1").state.cents == 0);
  CHECK(office.load<renamed::Admission>("1").state.cents == 0);
}

}  // namespace retire_test
