// expect: a duration in a field counts nanoseconds, microseconds, milliseconds, seconds, minutes, hours or days: use
// std::chrono::days for what is longer
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::chrono::years, term));
};

const es::Schema& schema = es::schema_of<Opened>();
