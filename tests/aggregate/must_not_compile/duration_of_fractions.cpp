// expect: a duration in a field is a signed whole number: use std::chrono::milliseconds or the like
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::chrono::duration<double>, wait));
};

const es::Schema& schema = es::schema_of<Opened>();
