// expect first: Opened has data besides its described fields: a member or a base class that would not be stored
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Opened {
  std::int64_t cents = 0;
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner));
};
