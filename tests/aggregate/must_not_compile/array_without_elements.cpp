// expect: an array has 1 to 65535 elements: use std::vector
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

using None = std::array<int, 0>;
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (None, none));
};

const es::Schema& schema = es::schema_of<Opened>();
