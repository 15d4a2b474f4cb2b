#pragma once
// An aggregate with a past: events whose old structs are kept, split, dropped and renamed.
#include <eventstore/aggregate/repository.hpp>

#include <cmath>

namespace trip {

namespace es = eventstore;
using std::int64_t, std::string;

// As they were, the oldest first.
struct BookedV1 {
  EVENTSTORE_EVENT(BookedV1, "TripBooked", (string, guest), (double, euros));
};
struct BookedV2 {
  EVENTSTORE_EVENT(BookedV2, "TripBooked", (string, guest), (string, cents_as_text));
};
struct MovedV1 {
  EVENTSTORE_EVENT(MovedV1, "TripMoved", (string, from), (string, to), (bool, stays));
};
struct NotedV1 {
  EVENTSTORE_EVENT(NotedV1, "TripNoted", (string, note));
};

// As they are.
struct Departed {
  EVENTSTORE_EVENT(Departed, "TripDeparted", (string, place));
};
struct Arrived {
  EVENTSTORE_EVENT(Arrived, "TripArrived", (string, place));
};
struct Booked {
  EVENTSTORE_EVENT(Booked, "TripBooked", (string, guest), (int64_t, cents));
  using formerly = es::Formerly<BookedV1, BookedV2>;
  static BookedV2 upcast(const BookedV1& old) { return {old.guest, std::to_string(std::llround(old.euros * 100))}; }
  static Booked upcast(const BookedV2& old) {
    if (old.cents_as_text == "broken") throw std::runtime_error{"no number"};
    return {old.guest, std::stoll(old.cents_as_text)};
  }
};
struct Paid {
  static constexpr auto was = es::was("TripSettled");
  EVENTSTORE_EVENT(Paid, "TripPaid", (int64_t, cents), (string, by, "cash"));
};

struct Trip {
  static constexpr auto category = "trip";
  using events = es::Events<Booked, Departed, Arrived, Paid>;
  using formerly = es::Formerly<MovedV1, NotedV1>;
  static es::Upcast<Departed, Arrived> upcast(const MovedV1& old) {
    if (old.stays) return Departed{old.from};
    return {Departed{old.from}, Arrived{old.to}};
  }
  static es::Upcast<> upcast(const NotedV1&) { return {}; }

  struct State {
    EVENTSTORE_FIELDS(State, (string, guest), (int64_t, cents), (std::vector<string>, way), (string, paid_by),
                      (string, last_id));
  };
  static void evolve(State& s, const Booked& e) {
    s.guest = e.guest;
    s.cents = e.cents;
  }
  static void evolve(State& s, const Departed& e) { s.way.push_back("from " + e.place); }
  static void evolve(State& s, const Arrived& e, const es::Metadata& m) {
    s.way.push_back("to " + e.place);
    s.last_id = m.event_id.to_string();
  }
  static void evolve(State& s, const Paid& e) { s.paid_by = e.by; }
  static void measure(const Arrived& e, const State& before, const State& after, es::Measurements& to) {
    to.add("arrivals", static_cast<double>(after.way.size() * 10 + before.way.size()), {{"place", e.place}});
  }
};

// What older builds stored under names that are no struct's any more.
struct SettledThen {
  EVENTSTORE_EVENT(SettledThen, "TripSettled", (std::int32_t, cents));
};

}  // namespace trip
