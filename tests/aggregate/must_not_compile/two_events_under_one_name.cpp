// expect: two events of the aggregate are stored under one name: nobody could tell them apart
#include <eventstore/aggregate/aggregate_type.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner));
};
struct Reopened {
  EVENTSTORE_EVENT(Reopened, "AccountOpened");
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened, Reopened>;
};

const es::AggregateType type = es::aggregate<Account>();
