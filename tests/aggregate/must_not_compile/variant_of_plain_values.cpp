// expect: a variant's alternatives are structs with EVENTSTORE_FIELDS: for no value use a std::optional of the variant,
// for a number or text a struct with one field
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

using Value = std::variant<int, std::string>;
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (Value, value));
};

const es::Schema& schema = es::schema_of<Opened>();
