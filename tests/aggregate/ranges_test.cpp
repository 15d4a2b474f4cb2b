// A rule over ranges: no two appointments of a caller overlap, although each appointment is an aggregate of its own.
#include <catch2/catch.hpp>
#include <eventstore/aggregate/commit.hpp>
#include <eventstore/aggregate/repository.hpp>
#include <eventstore/core/must.hpp>
#include <eventstore/log/memory_log.hpp>
#include <map>
#include <random>
#include <thread>

namespace ranges_test {

using namespace eventstore;
using std::int64_t, std::string;

namespace {

struct TimeReserved {
  EVENTSTORE_EVENT(TimeReserved, (string, appointment), (int64_t, begin), (int64_t, end));
};
struct TimeFreed {
  EVENTSTORE_EVENT(TimeFreed, (string, appointment));
};
struct Reserved {
  EVENTSTORE_FIELDS(Reserved, (int64_t, begin), (int64_t, end));
};
struct CallerState {
  EVENTSTORE_FIELDS(CallerState, (Map<Reserved>, reserved));
};

/// What a caller has reserved, in one stream: whoever reserves must have seen all of it.
struct Caller : AggregateOf<"caller", CallerState, Events<TimeReserved, TimeFreed>> {
  static void evolve(State& state, const TimeReserved& event) {
    state.reserved[event.appointment] = {event.begin, event.end};
  }
  static void evolve(State& state, const TimeFreed& event) { state.reserved.erase(event.appointment); }

  static bool is_free(const State* state, const string& appointment, int64_t begin, int64_t end) {
    if (state == nullptr) return true;
    for (const auto& [key, time] : state->reserved)
      if (key != appointment && time.begin < end && begin < time.end) return false;
    return true;
  }
};

struct Booked {
  EVENTSTORE_EVENT(Booked, (string, caller), (int64_t, begin), (int64_t, end));
};
struct Moved {
  EVENTSTORE_EVENT(Moved, (int64_t, begin), (int64_t, end));
};
struct Cancelled {
  EVENTSTORE_EVENT(Cancelled);
};
struct Book {
  EVENTSTORE_COMMAND(Book, (string, caller), (int64_t, begin), (int64_t, end));
};
struct Move {
  EVENTSTORE_COMMAND(Move, (int64_t, begin), (int64_t, end));
};
struct Cancel {
  EVENTSTORE_COMMAND(Cancel);
};
struct AppointmentState {
  EVENTSTORE_FIELDS(AppointmentState, (string, caller), (int64_t, begin), (int64_t, end), (bool, cancelled));
};

struct Appointment
    : DeciderOf<"appointment", AppointmentState, Events<Booked, Moved, Cancelled>, Commands<Book, Move, Cancel>> {
  static void evolve(State& state, const Booked& event) { state = {event.caller, event.begin, event.end, false}; }
  static void evolve(State& state, const Moved& event) { state.begin = event.begin, state.end = event.end; }
  static void evolve(State& state, const Cancelled&) { state.cancelled = true; }

  static auto keys(const Book& command) { return command.caller; }
  static Decision create(const Book& command, const Others<Caller>& others, const Context& context) {
    const string key{context.stream.key()};
    if (!Caller::is_free(others.find<Caller>(command.caller), key, command.begin, command.end))
      return refuse("overlap", "the caller has another appointment then");
    return commit(Booked{command.caller, command.begin, command.end})
        .also<Caller>(command.caller, TimeReserved{key, command.begin, command.end});
  }

  static auto keys(const State& state, const Move&) { return state.caller; }
  static Decision decide(const State& state, const Move& command, const Others<Caller>& others,
                         const Context& context) {
    const string key{context.stream.key()};
    if (state.cancelled) return refuse("the appointment is cancelled");
    if (!Caller::is_free(others.find<Caller>(state.caller), key, command.begin, command.end))
      return refuse("overlap", "the caller has another appointment then");
    return commit(Moved{command.begin, command.end})
        .also<Caller>(state.caller, TimeReserved{key, command.begin, command.end});
  }

  static Decision decide(const State& state, const Cancel&, const Context& context) {
    if (state.cancelled) return {};
    return commit(Cancelled{}).also<Caller>(state.caller, TimeFreed{string{context.stream.key()}});
  }
};

struct Calendar {
  ManualClock clock{*Timestamp::parse("2026-01-27T12:00:00Z")};
  MemoryLog log{clock};
  Repository<Appointment> appointments{log, clock};
};

}  // namespace

TEST_CASE("of two appointments of a caller that overlap the second is refused", "[others][ranges]") {
  Calendar calendar;
  REQUIRE(calendar.appointments.execute("1", Book{"ada", 10, 20}));
  const auto overlaps = calendar.appointments.execute("2", Book{"ada", 19, 30});
  REQUIRE_FALSE(overlaps);
  CHECK(overlaps.error().refusal_code == "overlap");
  CHECK(calendar.appointments.execute("2", Book{"ada", 20, 30}));
  CHECK(calendar.appointments.execute("3", Book{"bob", 15, 25}));
  CHECK_FALSE(calendar.appointments.execute("1", Move{15, 25}));
  CHECK(calendar.appointments.execute("1", Move{12, 20}));  // over its own old time
  REQUIRE(calendar.appointments.execute("2", Cancel{}));
  CHECK(calendar.appointments.execute("1", Move{15, 25}));
}

TEST_CASE("appointments that are booked and moved at once never overlap", "[others][ranges]") {
  Calendar calendar;
  const auto work = [&](unsigned seed) {
    std::mt19937 random{seed};
    const auto below = [&](unsigned end) { return static_cast<int64_t>(random() % end); };
    for (int i = 0; i < 60; ++i) {
      const auto key = std::to_string(below(40));
      const auto begin = below(60);
      const CommandOptions options{.retries_max = 100};
      switch (below(4)) {
        case 0: (void)calendar.appointments.execute(key, Cancel{}, options); break;
        case 1: (void)calendar.appointments.execute(key, Move{begin, begin + 10}, options); break;
        default: (void)calendar.appointments.execute(key, Book{"ada", begin, begin + 10}, options); break;
      }
    }
  };
  {
    std::vector<std::jthread> threads;
    for (unsigned seed = 1; seed <= 8; ++seed) threads.emplace_back(work, seed);
  }
  // After each commit, from the appointments' own streams.
  std::map<string, AppointmentState> standing;
  std::size_t most = 0;
  const auto page = must(calendar.log.read_all({.limit = no_limit, .filter = {.category = "appointment"}}));
  for (const auto& event : page.events) {
    auto& state = standing[string{event.stream}];
    REQUIRE(evolve_recorded<Appointment>(state, event, must(metadata_of(event)), SchemaReader{calendar.log}));
    if (state.cancelled) standing.erase(string{event.stream});
    for (const auto& [key, one] : standing)
      for (const auto& [other_key, other] : standing)
        if (key != other_key) CHECK((one.end <= other.begin || other.end <= one.begin));
    most = std::max(most, standing.size());
  }
  CHECK(most > 1);
}

}  // namespace ranges_test
