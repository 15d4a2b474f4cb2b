// expect: two alternatives of a variant have one name: rename one struct
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

namespace old {
struct Card {
  EVENTSTORE_FIELDS(Card, (int, number));
};
}  // namespace old
struct Card {
  EVENTSTORE_FIELDS(Card, (std::string, number));
};
using Payment = std::variant<Card, old::Card>;
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (Payment, payment));
};

const es::Schema& schema = es::schema_of<Opened>();
