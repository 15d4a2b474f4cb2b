// expect first: Opened has two fields of one name: the earlier names of es::was and the fields of flattened records
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, phone, , es::was("telephone")),
                   (std::string, mobile, , es::was("telephone")));
};
