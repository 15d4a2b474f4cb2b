// expect: declare a unique value as `static constexpr auto unique = es::unique<&State::email>();`
#include <eventstore/aggregate/repository.hpp>
#include <tuple>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner));
};
struct Other {
  EVENTSTORE_FIELDS(Other, (std::string, owner));
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
  struct State {
    EVENTSTORE_FIELDS(State, (std::string, owner), (std::optional<std::string>, phone), (es::Secret, key),
                      (std::vector<std::string>, tags));
  };
  static void evolve(State& s, const Opened& e) { s.owner = e.owner; }
  static constexpr auto unique = "owner";
};

const es::AggregateType type = es::aggregate<Account>();
