// expect first: State has data besides its described fields
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Account {
  struct State {
    EVENTSTORE_FIELDS(State, (std::string, owner));
    mutable int cached = 0;
  };
};
