// expect: a field of a variant's alternative is called kind, as the alternative's name is in JSON: rename it
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Card {
  EVENTSTORE_FIELDS(Card, (std::string, kind));
};
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::variant<Card>, payment));
};

const es::Schema& schema = es::schema_of<Opened>();
