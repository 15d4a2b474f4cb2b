// compiles
#include <eventstore/aggregate/lock.hpp>

namespace es = eventstore;

EVENTSTORE_ENUM(Kind, plain, joint);

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner), (bool, vip, false), (Kind, kind, Kind::plain),
                   (std::int64_t, limit, , es::was("max")));
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
};

constexpr es::LockedSchema locked[] = {{1, "AccountOpened", "", "{max:int32,owner:text,gone:[text]}"}};
static_assert(es::check_lock<Account, locked>());
