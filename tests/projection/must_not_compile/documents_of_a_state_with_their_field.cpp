// expect: AggregateDocument has two fields of one name
#include <eventstore/projection/ready_made.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, "DoorOpened");
};
struct Door {
  static constexpr auto category = "door";
  using events = es::Events<Opened>;
  struct State {
    EVENTSTORE_FIELDS(State, (es::Timestamp, created_at));
  };
  static void evolve(State&, const Opened&) {}
};

const es::ProjectionType type = es::documents<Door>("doors");
