// A release is rolled back while the log stays: what the older program reads, what it refuses, and what it says.
#include "releases/box_office.hpp"

namespace rollback_test {

using namespace tickets;
using es::Errc;

namespace {

// Written by the newer release, and readable by the older one.
BoxOffice& issue(BoxOffice& office, const string& key = "1") {
  office.must_run<newer::Ticket>(key, newer::Issue{"ada", newer::Seat::circle});
  return office;
}

struct Visit {
  static constexpr auto category = "visit";
  using events = es::Events<newer::Refunded>;
};
struct Stateless {
  static constexpr auto category = "ticket";
  using events = es::Events<older::Issued>;
};

}  // namespace

TEST_CASE("an older release passes over fields that a newer one added", "[rollback]") {
  BoxOffice office;
  issue(office);
  office.must_run<newer::Ticket>("1", newer::Use{"north"});
  const auto loaded = office.load<older::Ticket>("1");
  CHECK(loaded.state.holder == "ada");
  CHECK(loaded.state.seat == older::Seat::circle);
  CHECK(loaded.state.used);
  CHECK(loaded.version == es::Version{2});
}

TEST_CASE("what an older release appends meanwhile, the newer one reads with its defaults", "[rollback]") {
  BoxOffice office;
  issue(office);
  office.must_run<older::Ticket>("1", older::Use{});
  office.must_run<older::Ticket>("2", older::Issue{"bob"});
  const auto used = office.load<newer::Ticket>("1");
  CHECK(used.state.gate == "main");
  CHECK(used.state.cents == 100);
  CHECK(used.version == es::Version{2});
  const auto issued = office.load<newer::Ticket>("2");
  CHECK(issued.state.holder == "bob");
  CHECK(issued.state.seat == newer::Seat::stalls);
  CHECK(issued.state.cents == 100);
  office.must_run<newer::Ticket>("2", newer::Use{"south"});
  CHECK(office.raw() == Lines{R"(ticket-1 1 TicketIssued {"holder":"ada","seat":"circle","cents":100})",
                              R"(ticket-1 2 TicketUsed {})",
                              R"(ticket-2 1 TicketIssued {"holder":"bob","seat":"stalls"})",
                              R"(ticket-2 2 TicketUsed {"gate":"south"})"});
}

namespace {
// Older releases that know that events may be missing to them.
struct RefusingTicket : older::Ticket {
  static constexpr auto unknown_events = es::UnknownEvents::refuse;
};
}  // namespace

TEST_CASE("an event type that only a newer release has refuses commands of its stream and nothing is written",
          "[rollback]") {
  BoxOffice office;
  issue(office);
  issue(office, "2");
  office.must_run<newer::Ticket>("2", newer::Refund{});
  CHECK(office.load<older::Ticket>("2").passed_over.to_string() == "TicketRefunded at position 3");
  const auto refused = office.run<older::Ticket>("2", older::Use{});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::unknown_event_type);
  CHECK(office.raw().size() == 3);
  office.must_run<older::Ticket>("1", older::Use{});
}

TEST_CASE("an event type that only a newer release has is named at binding where the aggregate refuses it",
          "[rollback]") {
  BoxOffice office;
  issue(office);
  issue(office, "2");
  office.must_run<newer::Ticket>("2", newer::Refund{});
  // Also for a stream that has none of them: who binds is told at once.
  const auto error = office.error_of_load<RefusingTicket>("1");
  CHECK(error.code == Errc::unreadable_schema);
  CHECK(error.during == "check_readable");
  CHECK(error.where == "ticket");
  CHECK(error.detail ==
        "TicketRefunded is no event of this build, and the log has it since position 3: add it to the aggregate's "
        "events, or keep its old struct in `using formerly` with an upcaster, or use the build that wrote it");
  const auto before = office.raw();
  const auto refused = office.run<RefusingTicket>("1", older::Use{});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::unreadable_schema);
  CHECK(office.raw() == before);
  CHECK(office.load<newer::Ticket>("2").state.cents == 0);
}

TEST_CASE("an event whose schema an older release cannot read is named at binding, with why", "[rollback]") {
  BoxOffice office;
  issue(office);
  office.must_run<newer::Ticket>("1", newer::Move{"B"});
  office.must_run<newer::Ticket>("1", newer::Refund{});
  const auto error = office.error_of_load<RefusingTicket>("1");
  CHECK(error.code == Errc::unreadable_schema);
  CHECK_THAT(error.detail, Catch::StartsWith("TicketMoved is stored under another schema: `row` was text and is int32: "
                                             "give `row` its type back, or keep the old struct and write an upcaster"));
  CHECK_THAT(error.detail, Catch::Contains("; TicketRefunded is no event of this build"));
  CHECK(office.raw()[1] == R"(ticket-1 2 TicketMoved {"row":"B"})");
}

TEST_CASE("a value that only a newer release knows is named at binding; without one its events are read",
          "[rollback]") {
  BoxOffice office;
  issue(office);
  CHECK(office.load<older::Ticket>("1").state.seat == older::Seat::circle);
  office.must_run<newer::Ticket>("2", newer::Issue{"bob", newer::Seat::box});
  const auto error = office.error_of_load<older::Ticket>("1");
  CHECK(error.code == Errc::unreadable_schema);
  CHECK(error.detail ==
        "TicketIssued has at position 2 a value that this build does not know: `seat`: \"box\" is none of stalls, "
        "circle: put box back among the enumerators, or keep the old struct and write an upcaster, or use the build "
        "that wrote it");
  CHECK(office.raw()[1] == R"(ticket-2 1 TicketIssued {"holder":"bob","seat":"box","cents":100})");
}

TEST_CASE("what a newer release writes while an older one runs is refused where it is met, not misread", "[rollback]") {
  BoxOffice office;
  issue(office);
  es::Repository<older::Ticket> running{office.log, office.clock};
  REQUIRE(running.check_readable());
  office.must_run<newer::Ticket>("2", newer::Issue{"bob", newer::Seat::box});
  office.must_run<newer::Ticket>("1", newer::Refund{});
  const auto value = running.load("2");
  REQUIRE_FALSE(value);
  CHECK(value.error().code == Errc::unreadable_schema);
  CHECK(value.error().during == "decode TicketIssued");
  CHECK(value.error().where == "ticket-2");
  CHECK(value.error().at == es::Position{2});
  CHECK(value.error().detail == "an enumerator that this build does not know: box");
  const auto type = running.execute("1", older::Use{});
  REQUIRE_FALSE(type);
  CHECK(type.error().code == Errc::unknown_event_type);
  CHECK_THAT(type.error().detail, Catch::Contains("TicketRefunded"));
  CHECK(office.raw().size() == 3);
}

TEST_CASE("an enumerator that is not in its own schema is damage, whatever the release", "[rollback]") {
  BoxOffice office;
  const auto& schema = es::schema_of<older::Issued>();
  const auto data = es::encode(newer::Issued{"ada", newer::Seat::box, 0, {}});
  const auto descriptor = schema.record();
  const es::NewEvent event{*es::StreamId::parse("ticket-1"),
                           es::EventId{es::Uuid::v5(es::Uuid{}, "1")},
                           schema.name,
                           "default",
                           office.clock.now(),
                           schema.id,
                           es::Codec::binary,
                           0,
                           {},
                           data};
  REQUIRE(office.log.append({.events = {&event, 1}, .schemas = {&descriptor, 1}}));
  CHECK(office.error_of_load<older::Ticket>("1").code == Errc::corrupt_record);
}

TEST_CASE("a command that the newer release ran is recognised by the older one", "[rollback]") {
  BoxOffice office;
  issue(office);
  const es::CommandOptions once{{}, es::Uuid::v5(es::Uuid{}, "command"), 8};
  REQUIRE(office.run<newer::Ticket>("1", newer::Use{"north"}, once));
  const auto again = office.run<older::Ticket>("1", older::Use{}, once);
  REQUIRE(again);
  CHECK(again->already_there);
  CHECK(office.raw().size() == 2);
}

TEST_CASE("events of the program's other aggregates are not taken for unknown ones", "[rollback]") {
  BoxOffice office;
  issue(office);
  const auto ticket = es::aggregate<RefusingTicket>();
  const es::SchemaReader schemas{office.log};
  CHECK(es::check_readable(office.log, schemas, ticket));
  office.must_run<newer::Ticket>("1", newer::Refund{});
  CHECK_FALSE(es::check_readable(office.log, schemas, ticket));
  const std::vector<es::AggregateType> all{ticket, es::aggregate<Visit>()};
  CHECK(es::check_readable(office.log, schemas, ticket, all));
  // A category without a state folds nothing, and so binds whatever it holds.
  CHECK(es::check_readable(office.log, schemas, es::aggregate<Stateless>()));
}

}  // namespace rollback_test
