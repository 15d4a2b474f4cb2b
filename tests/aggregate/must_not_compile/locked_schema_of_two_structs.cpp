// expect: a locked schema could be read as more than one struct: keep a struct of just its fields
#include <eventstore/aggregate/lock.hpp>

namespace es = eventstore;

struct OpenedV1 {
  EVENTSTORE_EVENT(OpenedV1, "AccountOpened", (std::string, owner), (bool, vip, false));
};
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner), (std::int64_t, rank, 0));
  using formerly = es::Formerly<OpenedV1>;
  static Opened upcast(const OpenedV1& old) { return {old.owner, old.vip ? 1 : 0}; }
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
};

constexpr es::LockedSchema locked[] = {{1, "AccountOpened", "", "{owner:text}"}};
static_assert(es::check_lock<Account, locked>());
