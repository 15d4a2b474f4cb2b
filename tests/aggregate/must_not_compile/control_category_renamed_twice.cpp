// compiles
#include <eventstore/aggregate/aggregate_type.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner));
};
struct Account {
  static constexpr auto category = "account";
  static constexpr std::array was{es::was("ledger"), es::was("bank_account")};
  using events = es::Events<Opened>;
};

const es::AggregateType type = es::aggregate<Account>();
