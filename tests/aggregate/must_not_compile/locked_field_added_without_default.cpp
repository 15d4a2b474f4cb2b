// expect: a field was added that locked events have not: give it a default or make it optional
#include <eventstore/aggregate/lock.hpp>

namespace es = eventstore;

EVENTSTORE_ENUM(Kind, plain, joint);

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner), (bool, vip));
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
};

constexpr es::LockedSchema locked[] = {{1, "AccountOpened", "", "{owner:text}"}};
static_assert(es::check_lock<Account, locked>());
