// expect: a field has another type than in locked events, and not a wider one: give it its type back
#include <eventstore/aggregate/lock.hpp>

namespace es = eventstore;

EVENTSTORE_ENUM(Kind, plain, joint);

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::int32_t, limit));
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
};

constexpr es::LockedSchema locked[] = {{1, "AccountOpened", "", "{limit:int64}"}};
static_assert(es::check_lock<Account, locked>());
