// expect: an earlier name of the category is written `static constexpr auto was = es::was("shipment");`
#include <eventstore/aggregate/aggregate_type.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner));
};
struct Account {
  static constexpr auto category = "account";
  static constexpr auto was = "ledger";
  using events = es::Events<Opened>;
};

const es::AggregateType type = es::aggregate<Account>();
