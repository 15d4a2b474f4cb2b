// expect: two fields would be read from one of a locked event: take one es::was away
#include <eventstore/aggregate/lock.hpp>

namespace es = eventstore;

EVENTSTORE_ENUM(Kind, plain, joint);

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner), (std::string, holder, , es::was("owner")));
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
};

constexpr es::LockedSchema locked[] = {{1, "AccountOpened", "", "{owner:text}"}};
static_assert(es::check_lock<Account, locked>());
