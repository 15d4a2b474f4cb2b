// expect: an enumerator is gone that locked events may have: put it back
#include <eventstore/aggregate/lock.hpp>

namespace es = eventstore;

EVENTSTORE_ENUM(Kind, plain, joint);

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (Kind, kind));
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
};

constexpr es::LockedSchema locked[] = {{1, "AccountOpened", "", "{kind:enum(plain|joint|secret)}"}};
static_assert(es::check_lock<Account, locked>());
