// expect: an earlier name of the category that no category can have: 1 to 64 of a to z, 0 to 9 and _
#include <eventstore/aggregate/aggregate_type.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner));
};
struct Account {
  static constexpr auto category = "account";
  static constexpr auto was = es::was("bank-account");
  using events = es::Events<Opened>;
};

const es::AggregateType type = es::aggregate<Account>();
