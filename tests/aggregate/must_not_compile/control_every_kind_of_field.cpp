// compiles
#include <eventstore/aggregate/lock.hpp>

namespace es = eventstore;

struct Card {
  EVENTSTORE_FIELDS(Card, (std::string, number));
};
struct Cash {
  EVENTSTORE_FIELDS(Cash);
};
using Payment = std::variant<Cash, Card>;
using Sides = std::array<std::uint8_t, 3>;
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::chrono::milliseconds, wait), (Sides, sides),
                   (std::set<std::string>, tags), (Payment, payment));
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
};

constexpr es::LockedSchema locked[] = {
    {1, "AccountOpened", "", "{wait:seconds,sides:array<3*uint8>,tags:set<text>,payment:variant(Card{number:text})}"}};
static_assert(es::check_lock<Account, locked>());
const es::Schema& schema = es::schema_of<Opened>();
