#include <eventstore/aggregate/repository.hpp>
#include <eventstore/log/memory_log.hpp>
#include <eventstore/testing/given.hpp>

#include <catch2/catch.hpp>

namespace decider_test {

using namespace eventstore;
using testing::given;

namespace phone {

struct CallMissed {
  EVENTSTORE_EVENT(CallMissed, (std::string, caller));
};
struct CallLinked {
  EVENTSTORE_EVENT(CallLinked, "CallTied", (std::string, order));
};
struct LineClosed {
  EVENTSTORE_EVENT(LineClosed);
};

struct MissCall {
  EVENTSTORE_COMMAND(MissCall, (std::string, caller));
};
struct LinkCall {
  EVENTSTORE_COMMAND(LinkCall, "tie", (std::string, order));
};
struct CloseHTTPLine {
  EVENTSTORE_COMMAND(CloseHTTPLine);
};
struct InstallLine {
  EVENTSTORE_COMMAND(InstallLine, (std::string, owner));
};
struct LineInstalled {
  EVENTSTORE_EVENT(LineInstalled, "LineInstalled", (std::string, owner), (Timestamp, at));
};

struct LineState {
  EVENTSTORE_FIELDS(LineState, (std::int64_t, missed));
};

/// A callback may come before the line was ever installed.
struct Line : DeciderOf<"line", LineState, Events<CallMissed, CallLinked, LineClosed, LineInstalled>,
                        Commands<MissCall, LinkCall, CloseHTTPLine, InstallLine>> {
  static void evolve(State& state, const CallMissed&) { ++state.missed; }
  static void evolve(State&, const CallLinked&) {}
  static void evolve(State&, const LineClosed&) {}
  static void evolve(State&, const LineInstalled&) {}

  static Decision create(const InstallLine& command, const Context& context) {
    return LineInstalled{command.owner, context.now};
  }
  static Decision decide(const State* state, const MissCall& command) {
    if (state != nullptr && state->missed >= 2) return refuse("too_many", "nobody answers here");
    return CallMissed{command.caller};
  }
  static Decision decide(const State*, const LinkCall& command, const Context&) { return CallLinked{command.order}; }
  static Decision decide(const State&, const CloseHTTPLine&) { return LineClosed{}; }
};

struct Bell : CategoryOf<"bell", Events<CallMissed>> {};

}  // namespace phone

using namespace phone;

static_assert(Decider<Line> && Category<Bell> && !Aggregate<Bell>);

TEST_CASE("an event's stored name is its struct's, unless another is said", "[decider]") {
  CHECK(CallMissed::event_type == "CallMissed");
  CHECK(CallLinked::event_type == "CallTied");
  CHECK(LineClosed::event_type == "LineClosed");
  CHECK(LineInstalled::event_type == "LineInstalled");
  CHECK(schema_of<CallMissed>().descriptor == "CallMissed{caller:text}");
}

TEST_CASE("a command is called as its struct in lower case, unless another name is said", "[decider]") {
  CHECK(MissCall::command_name == "miss_call");
  CHECK(LinkCall::command_name == "tie");
  CHECK(CloseHTTPLine::command_name == "close_http_line");
}

TEST_CASE("one line declares what seven did", "[decider]") {
  const auto type = aggregate<Line>();
  CHECK(type.category == "line");
  CHECK(type.events.size() == 4);
  CHECK(type.command("miss_call")->needs == StreamNeed::either);
  CHECK(type.command("close_http_line")->needs == StreamNeed::existing);
  CHECK(type.command("install_line")->opens());
}

TEST_CASE("a decision on a state that may not be there opens a stream or continues it", "[decider]") {
  const ManualClock clock{Timestamp{1}};
  MemoryLog log{clock};
  Repository<Line> lines{log, clock};
  CHECK(lines.execute("1", MissCall{"ada"})->version == Version{1});
  CHECK(lines.execute("1", MissCall{"bob"})->version == Version{2});
  const auto refused = lines.execute("1", MissCall{"cyd"});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::refused);
  CHECK(lines.execute("2", LinkCall{"o-7"})->version == Version{1});
  const auto closed = lines.execute("3", CloseHTTPLine{});
  REQUIRE_FALSE(closed);
  CHECK(closed.error().code == Errc::not_found);
}

TEST_CASE("a given history refuses what execute refuses", "[decider][given]") {
  const CallMissed missed{"ada"};
  CHECK(given<Line>(missed).when(InstallLine{"ada"}).is_refused("the stream exists already"));
  CHECK(given<Line>(missed).when(InstallLine{"ada"}).is_refused_with("already_exists"));
  CHECK(given<Line>(missed).when(InstallLine{"ada"}).is_error(Errc::refused));
  CHECK(given<Line>().when(CloseHTTPLine{}).is_error(Errc::not_found));
  CHECK_FALSE(given<Line>().when(CloseHTTPLine{}).is(LineClosed{}));
  CHECK_FALSE(given<Line>().when(CloseHTTPLine{}).is_nothing());
  CHECK_FALSE(given<Line>().when(CloseHTTPLine{}).is_refused());
  CHECK(given<Line>(missed).when(CloseHTTPLine{}).is(LineClosed{}));
  CHECK_FALSE(given<Line>(missed).when(CloseHTTPLine{}).is_error(Errc::not_found));
  CHECK(given<Line>().when(MissCall{"ada"}).is(missed));
  CHECK(given<Line>(missed, missed).when(MissCall{"ada"}).is_refused_with("too_many"));
}

TEST_CASE("an error that was not expected says itself", "[decider][given]") {
  CHECK(given<Line>().when(CloseHTTPLine{}).is(LineClosed{}).found ==
        "expected LineClosed {}, found the error not_found: execute [line-given]: no such stream");
  CHECK(given<Line>(CallMissed{"a"}, CallMissed{"a"}).when(MissCall{"a"}).is_refused_with("no").found ==
        R"(expected a refusal with the code "no", found the code "too_many")");
}

}  // namespace decider_test
