// expect: an alternative is gone that locked events may hold: put it back into the variant
#include <eventstore/aggregate/lock.hpp>

namespace es = eventstore;

struct Card {
  EVENTSTORE_FIELDS(Card, (std::string, number));
};
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::variant<Card>, payment));
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
};

constexpr es::LockedSchema locked[] = {{1, "AccountOpened", "", "{payment:variant(Cash{}|Card{number:text})}"}};
static_assert(es::check_lock<Account, locked>());
