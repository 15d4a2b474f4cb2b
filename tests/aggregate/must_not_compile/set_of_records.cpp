// expect: a set's elements are text, whole numbers, Uuid, Timestamp, durations or enumerators: use std::vector
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Part {
  EVENTSTORE_FIELDS(Part, (int, size));
  friend auto operator<=>(const Part&, const Part&) = default;
};
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::set<Part>, parts));
};

const es::Schema& schema = es::schema_of<Opened>();
