// expect first: Opened has data besides its described fields: a member or a base class that would not be stored
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Person {
  EVENTSTORE_FIELDS(Person, (std::string, owner));
};
struct Opened : Person {
  EVENTSTORE_EVENT(Opened, "AccountOpened");
};
