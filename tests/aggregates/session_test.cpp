#include "support.hpp"

#include <aggregates/session/session.hpp>
#include <catch2/catch.hpp>

namespace session_test {

using namespace domain;
using namespace domain::testing;
using eventstore::Secret;
using eventstore::testing::given;

namespace {

const SessionStarted started{"u-1", CalendarProvider::google, Secret{"a-1"}, Secret{"r-1"}, second(3'600)};
const StartSession start{"u-1", CalendarProvider::google, Secret{"a-1"}, Secret{"r-1"}, second(3'600)};
const SessionRefreshed refreshed{Secret{"a-2"}, {}, second(7'200)};

const auto when_started = given<Session>(started);
const auto when_ended = given<Session>(started, SessionEnded{"signed out"});

template <class Change> StartSession with(Change change) {
  auto command = start;
  change(command);
  return command;
}

}  // namespace

TEST_CASE("a session starts once with a user and a token", "[session]") {
  CHECK(given<Session>().when(start).is(started));
  CHECK(when_started.when(start).is_refused_with("already_exists"));
  const auto refused = [](auto change) { return given<Session>().when(with(change)); };
  CHECK(refused([](auto& c) { c.user_id.clear(); }).is_refused("user_id may not be empty"));
  CHECK(refused([](auto& c) { c.access_token = {}; }).is_refused("access_token may not be empty"));
  CHECK(refused([](auto& c) { c.refresh_token = Secret{}; }).is_refused("refresh_token may not be empty"));
  CHECK_FALSE(refused([](auto& c) { c.refresh_token.reset(); }).is_refused());
}

TEST_CASE("a session that has expired already is recorded", "[session]") {
  CHECK(given<Session>().at(second(9'000)).when(start).is(started));
}

TEST_CASE("a refresh keeps the refresh token where it brings none", "[session]") {
  CHECK(when_started.when(RefreshSession{Secret{"a-2"}, {}, second(7'200)}).is(refreshed));
  const auto state = when_started.when(RefreshSession{Secret{"a-2"}, {}, second(7'200)}).state();
  CHECK(state.access_token == Secret{"a-2"});
  CHECK(state.refresh_token == Secret{"r-1"});
  CHECK(state.expires_at == second(7'200));
  const auto renewed = when_started.when(RefreshSession{Secret{"a-2"}, Secret{"r-2"}, second(7'200)}).state();
  CHECK(renewed.refresh_token == Secret{"r-2"});
  CHECK(when_started.when(RefreshSession{Secret{"a-1"}, {}, second(3'600)}).is_nothing());
  CHECK(when_started.when(RefreshSession{Secret{}, {}, second(7'200)}).is_refused_with("empty_text"));
  CHECK(given<Session>(started).at(second(9'000)).when(RefreshSession{Secret{"a-2"}, {}, second(7'200)}).is(refreshed));
}

TEST_CASE("an ended session has no tokens and is not refreshed", "[session]") {
  CHECK(when_started.when(EndSession{"signed out"}).is(SessionEnded{"signed out"}));
  const auto state = history<Session>(started, SessionEnded{});
  CHECK(state.ended);
  CHECK(state.ended_at == second(2));
  CHECK(!state.access_token);
  CHECK(!state.refresh_token);
  CHECK(when_ended.when(EndSession{}).is_nothing());
  CHECK(when_ended.when(RefreshSession{Secret{"a-2"}, {}, second(7'200)})
            .is_refused("an ended session cannot be refreshed"));
  CHECK(when_ended.when(start).is_refused_with("already_exists"));
}

TEST_CASE("a refresh or an end that is late or repeated brings no token back", "[session][history]") {
  const auto ended = history<Session>(started, SessionEnded{});
  CHECK(history<Session>(started, SessionEnded{}, refreshed, SessionEnded{}, started) == ended);
  const auto ended_early = history<Session>(SessionEnded{}, started);
  CHECK(ended_early.user_id == "u-1");
  CHECK(ended_early.expires_at == second(3'600));
  CHECK(!ended_early.access_token);
  CHECK(!ended_early.refresh_token);
}

TEST_CASE("a refresh that comes before the start counts for more than it", "[session][history]") {
  const auto late = history<Session>(refreshed, started);
  CHECK(late == history<Session>(started, refreshed));
  CHECK(late == history<Session>(started, refreshed, started));
  CHECK(given<Session>(refreshed).when(start).is(started));
  CHECK(given<Session>(refreshed).when(start).state() == late);
}

TEST_CASE("a session is about its user from the start on", "[session]") {
  CHECK(Session::subject(history<Session>(started)) == "u-1");
  CHECK(Session::subject(history<Session>(refreshed)).empty());
}

}  // namespace session_test
