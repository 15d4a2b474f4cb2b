// expect first: Moved has data besides its described fields
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

template <class Place> struct Moved {
  EVENTSTORE_FIELDS(Moved, (Place, place));
  int note = 0;
};

const es::Schema& schema = es::schema_of<Moved<std::string>>();
