// expect first: Opened has data besides its described fields: a member or a base class that would not be stored
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner));
  std::string note;
};
