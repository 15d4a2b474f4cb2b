// A category under another name: its older streams stay where they are, and are the same aggregates.
#include <eventstore/aggregate/detail/stream_of.hpp>

#include "aggregate/rival_log.hpp"
#include "releases/box_office.hpp"

namespace rename_test {

using namespace tickets;
using es::Errc;
using renamed::Admission;

namespace {

struct Pass : newer::Ticket {
  static constexpr auto category = "pass";
  static constexpr std::array was{es::was("admission"), es::was("ticket")};
};

std::vector<string> streams_of(const BoxOffice& office) {
  std::vector<string> names;
  const auto infos = office.log.streams("", "", 100);
  if (!infos) FAIL(infos.error().message());
  for (const auto& info : *infos) names.push_back(info.stream);
  return names;
}

// As a program that was rolled back would have done: it looks for no other name.
BoxOffice& open_both(BoxOffice& office) {
  office.must_run<Admission>("1", newer::Issue{"ada", newer::Seat::circle});
  office.must_run<older::Ticket>("1", older::Issue{"bob"});
  return office;
}

}  // namespace

TEST_CASE("a stream of the category's earlier name is loaded by its key, and goes on under its name", "[rename]") {
  BoxOffice office;
  office.must_run<older::Ticket>("1", older::Issue{"ada"});
  const auto loaded = office.load<Admission>("1");
  CHECK(loaded.state.holder == "ada");
  CHECK(loaded.version == es::Version{1});
  const auto used = office.run<Admission>("1", newer::Use{"north"});
  REQUIRE(used);
  CHECK(used->version == es::Version{2});
  CHECK(streams_of(office) == Lines{"ticket-1"});
  CHECK(office.load<Admission>("1").state.gate == "north");
  // So a program that knows the earlier name alone still has all of it.
  CHECK(office.load<older::Ticket>("1").state.used);
}

TEST_CASE("an aggregate that is new begins a stream of today's name", "[rename]") {
  BoxOffice office;
  office.must_run<older::Ticket>("1", older::Issue{"ada"});
  office.must_run<Admission>("2", newer::Issue{"bob", newer::Seat::stalls});
  CHECK(streams_of(office) == Lines{"admission-2", "ticket-1"});
  CHECK(office.load<Admission>("2").state.holder == "bob");
  CHECK(office.error_of_load<Admission>("3").code == Errc::not_found);
}

TEST_CASE("what exists under the earlier name is not opened again under today's", "[rename]") {
  BoxOffice office;
  office.must_run<older::Ticket>("1", older::Issue{"ada"});
  const auto refused = office.run<Admission>("1", newer::Issue{"eve", newer::Seat::stalls});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::refused);
  CHECK(refused.error().refusal_code == "already_exists");
  CHECK(streams_of(office) == Lines{"ticket-1"});
}

TEST_CASE("of two who open an aggregate under its two names one is refused, however they race", "[rename]") {
  BoxOffice office;
  es::RivalLog log{office.log};
  es::Repository<Admission> admissions{log, office.clock};
  log.rival = [&] {
    log.rival = nullptr;
    office.must_run<older::Ticket>("1", older::Issue{"ada"});
  };
  const auto refused = admissions.execute("1", newer::Issue{"eve", newer::Seat::stalls});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::refused);
  CHECK(log.appends == 1);
  CHECK(streams_of(office) == Lines{"ticket-1"});
  CHECK(office.load<Admission>("1").state.holder == "ada");
}

TEST_CASE("streams of both names are refused and named, and neither is written or mixed up", "[rename]") {
  BoxOffice office;
  const auto before = open_both(office).raw();
  const auto error = office.error_of_load<Admission>("1");
  CHECK(error.code == Errc::id_conflict);
  CHECK(error.where == "admission-1");
  CHECK_THAT(error.detail, Catch::StartsWith("ticket-1 has events too, and both names are this aggregate's"));
  const auto refused = office.run<Admission>("1", newer::Use{"north"});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::id_conflict);
  CHECK(office.raw() == before);
}

TEST_CASE("a command that was run before the rename is recognised after it", "[rename]") {
  BoxOffice office;
  const es::CommandOptions once{{}, es::Uuid::v5(es::Uuid{}, "command"), 8};
  REQUIRE(office.run<older::Ticket>("1", older::Issue{"ada"}, once));
  const auto again = office.run<Admission>("1", newer::Issue{"ada", newer::Seat::stalls}, once);
  REQUIRE(again);
  CHECK(again->already_there);
  CHECK(streams_of(office) == Lines{"ticket-1"});
}

TEST_CASE("a category that was renamed twice has the streams of all its names", "[rename]") {
  BoxOffice office;
  office.must_run<older::Ticket>("1", older::Issue{"ada"});
  office.must_run<Admission>("2", newer::Issue{"bob", newer::Seat::stalls});
  office.must_run<Pass>("3", newer::Issue{"cay", newer::Seat::stalls});
  for (const auto* const key : {"1", "2", "3"}) office.must_run<Pass>(key, newer::Use{"north"});
  CHECK(streams_of(office) == Lines{"admission-2", "pass-3", "ticket-1"});
  for (const auto* const key : {"1", "2", "3"}) CHECK(office.load<Pass>(key).version == es::Version{2});
}

TEST_CASE("binding looks at the events of every name", "[rename]") {
  struct Garbled {
    static es::Schema schema() {
      es::Type type{es::Kind::record};
      type.fields.push_back({"holder", es::Type{es::Kind::boolean}});
      return es::Schema::of("TicketIssued", std::move(type));
    }
  };
  BoxOffice office;
  const auto schema = Garbled::schema();
  const auto descriptor = schema.record();
  const es::Bytes data{std::byte{1}};
  const es::NewEvent event{*es::StreamId::parse("ticket-9"),
                           es::EventId{es::Uuid::v5(es::Uuid{}, "9")},
                           schema.name,
                           "default",
                           office.clock.now(),
                           schema.id,
                           es::Codec::binary,
                           0,
                           {},
                           data};
  REQUIRE(office.log.append({.events = {&event, 1}, .schemas = {&descriptor, 1}}));
  const auto error = office.error_of_load<Admission>("1");
  CHECK(error.code == Errc::unreadable_schema);
  CHECK(error.where == "admission");
  CHECK_THAT(error.detail, Catch::StartsWith("TicketIssued is stored under another schema"));
}

TEST_CASE("a category belongs to one aggregate of the program", "[rename]") {
  const std::vector<es::AggregateType> both{es::aggregate<newer::Ticket>(), es::aggregate<Admission>()};
  const auto claimed = es::check_categories(both);
  REQUIRE_FALSE(claimed);
  CHECK(claimed.error().code == Errc::invalid_argument);
  CHECK(claimed.error().where == "ticket");
  CHECK_THAT(claimed.error().detail, Catch::StartsWith("both ticket and admission are, or were, this category"));
  CHECK(es::check_categories({both.data(), 1}));
}

}  // namespace rename_test
