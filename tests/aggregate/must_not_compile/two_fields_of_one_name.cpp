// expect: owner
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

// The compiler's own sentence: it names both lines.
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner), (std::string, owner));
};
