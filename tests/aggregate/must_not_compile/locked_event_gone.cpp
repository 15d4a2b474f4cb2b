// expect: a locked event has no struct any more: put it back among the events
#include <eventstore/aggregate/lock.hpp>

namespace es = eventstore;

EVENTSTORE_ENUM(Kind, plain, joint);

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner));
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
};

constexpr es::LockedSchema locked[] = {{1, "AccountClosed", "", "{owner:text}"}};
static_assert(es::check_lock<Account, locked>());
