// expect first: Opened has data besides its described fields: a member or a base class that would not be stored
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

// As large as without the member.
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::int64_t, cents), (bool, joint));
  bool verified = false;
};
