// Collections that one release made, in the hands of another.
#include "releases/front_desk.hpp"

namespace collections_test {

using namespace tickets;
using Health = es::ProjectionStatus::Health;

namespace {

const std::string two_reasons = "the events it reads have other schemas; aggregate ticket changed";

void check_stale(FrontDesk& desk, const Release& release, const std::string& reason) {
  const auto before = desk.documents();
  const auto place = desk.place();
  const auto report = desk.project(release);
  if (!report) FAIL(report.error().message());
  REQUIRE(report->left.size() == 1);
  CHECK(report->left.front().health == Health::stale);
  CHECK(report->left.front().reason == reason);
  CHECK(desk.documents() == before);
  CHECK(desk.place() == place);
  const auto live = es::check_live(desk.log, release.holders, *desk.collections, release.aggregates);
  REQUIRE_FALSE(live);
  CHECK(live.error().code == es::Errc::unreadable_schema);
  CHECK(live.error().detail == reason + ": run `project rebuild holders`");
}

// Of a rebuild, or of the one projection that a run leaves behind.
es::Error error_of(const es::Result<es::RunReport>& report) {
  if (!report) return report.error();
  REQUIRE(report->left.size() == 1);
  REQUIRE(report->left.front().error);
  return *report->left.front().error;
}

}  // namespace

TEST_CASE("a collection of another release is stale forth and back: left alone, not answered from, made anew",
          "[rollback][projection]") {
  FrontDesk desk;
  desk.must_run<older::Ticket>("1", older::Issue{"ada"});
  REQUIRE(desk.project(older_release()));
  CHECK(desk.documents() == Lines{"ada 0"});

  desk.must_run<newer::Ticket>("2", newer::Issue{"bob", newer::Seat::circle});
  check_stale(desk, newer_release(), two_reasons);
  REQUIRE(desk.rebuild(newer_release()));
  CHECK(desk.documents() == Lines{"ada 0", "bob 0"});

  desk.must_run<older::Ticket>("1", older::Use{});
  check_stale(desk, older_release(), two_reasons);
  REQUIRE(desk.rebuild(older_release()));
  CHECK(desk.documents() == Lines{"ada 1", "bob 0"});

  desk.must_run<newer::Ticket>("2", newer::Use{"south"});
  check_stale(desk, newer_release(), two_reasons);
  REQUIRE(desk.rebuild(newer_release()));
  CHECK(desk.documents() == Lines{"ada 1", "bob 1"});
}

TEST_CASE("a projection of an older release is held before an event of a type that only the newer one has",
          "[rollback][projection]") {
  FrontDesk desk;
  desk.must_run<older::Ticket>("1", older::Issue{"ada"});
  REQUIRE(desk.project(older_release()));
  desk.must_run<older::Ticket>("2", older::Issue{"bob"});
  desk.must_run<newer::Ticket>("1", newer::Refund{});
  desk.must_run<older::Ticket>("3", older::Issue{"cay"});
  const auto report = desk.project(older_release());
  if (!report) FAIL(report.error().message());
  REQUIRE(report->left.size() == 1);
  CHECK(report->left.front().health == Health::held);
  CHECK_THAT(report->left.front().reason, Catch::StartsWith("position 3 has TicketRefunded of ticket-1"));
  const auto rebuilt = desk.rebuild(older_release());
  REQUIRE_FALSE(rebuilt);
  CHECK(rebuilt.error().code == es::Errc::unknown_event_type);
  CHECK(desk.documents() == Lines{"ada 0", "bob 0"});
  CHECK(desk.place() == es::Position{2});
  REQUIRE(desk.rebuild(newer_release()));
  CHECK(desk.documents() == Lines{"ada 0", "bob 0", "cay 0"});
}

TEST_CASE("a projection of an older release fails before it begins where it cannot read an event",
          "[rollback][projection]") {
  FrontDesk desk;
  desk.must_run<older::Ticket>("1", older::Issue{"ada"});
  REQUIRE(desk.project(older_release()));
  desk.must_run<older::Ticket>("2", older::Issue{"bob"});
  desk.must_run<newer::Ticket>("1", newer::Move{"B"});
  for (const bool rebuilt : {false, true}) {
    const auto error = error_of(rebuilt ? desk.rebuild(older_release()) : desk.project(older_release()));
    CHECK(error.code == es::Errc::unreadable_schema);
    CHECK(error.during == "check_readable");
    CHECK_THAT(error.detail, Catch::StartsWith("TicketMoved is stored under another schema"));
    CHECK(desk.documents() == Lines{"ada 0"});
    CHECK(desk.place() == es::Position{1});
  }
  REQUIRE(desk.rebuild(newer_release()));
  CHECK(desk.documents() == Lines{"ada 0", "bob 0"});
}

TEST_CASE("a projection reads a renamed category's streams of both names, once it was rebuilt",
          "[rename][projection]") {
  FrontDesk desk;
  desk.must_run<newer::Ticket>("1", newer::Issue{"ada", newer::Seat::stalls});
  REQUIRE(desk.project(newer_release()));
  desk.must_run<renamed::Admission>("2", newer::Issue{"bob", newer::Seat::stalls});
  desk.must_run<renamed::Admission>("1", newer::Use{"north"});
  check_stale(desk, renaming_release(), "the events it reads have other schemas");
  REQUIRE(desk.rebuild(renaming_release()));
  CHECK(desk.documents() == Lines{"ada 1", "bob 0"});
  desk.must_run<renamed::Admission>("2", newer::Use{"north"});
  REQUIRE(desk.project(renaming_release()));
  CHECK(desk.documents() == Lines{"ada 1", "bob 1"});
}

TEST_CASE("a projection stops where one aggregate has streams of both names", "[rename][projection]") {
  FrontDesk desk;
  desk.must_run<renamed::Admission>("1", newer::Issue{"ada", newer::Seat::stalls});
  REQUIRE(desk.project(renaming_release()));
  desk.must_run<newer::Ticket>("1", newer::Issue{"eve", newer::Seat::stalls});
  const auto error = error_of(desk.project(renaming_release()));
  CHECK(error.code == es::Errc::id_conflict);
  CHECK(error.at == es::Position{2});
  CHECK(desk.documents() == Lines{"ada 0"});
}

TEST_CASE("two aggregates that claim one category are refused before anything is read", "[rename][projection]") {
  FrontDesk desk;
  desk.must_run<newer::Ticket>("1", newer::Issue{"ada", newer::Seat::stalls});
  auto both = renaming_release();
  both.aggregates.push_back(es::aggregate<newer::Ticket>());
  const auto report = desk.project(both);
  REQUIRE_FALSE(report);
  CHECK(report.error().code == es::Errc::invalid_argument);
  CHECK(report.error().where == "ticket");
}

}  // namespace collections_test
