// expect first: Opened has two fields of one name: the earlier names of es::was and the fields of flattened records
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Person {
  EVENTSTORE_FIELDS(Person, (std::string, owner));
};
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner), (Person, person, , es::flattened));
};
