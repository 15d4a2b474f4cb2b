// expect: an upcaster that leads nowhere: it must give an event of the aggregate, or an old struct that a `using
// history` of the aggregate or of one of its events lists
#include <eventstore/aggregate/aggregate_type.hpp>

namespace es = eventstore;

struct OpenedV1 {
  EVENTSTORE_EVENT(OpenedV1, "AccountOpened", (std::string, owner));
};
struct Closed {
  EVENTSTORE_EVENT(Closed, "AccountClosed");
};
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::int64_t, owner_number));
  using formerly = es::Formerly<OpenedV1>;
  static es::Upcast<Opened, Closed> upcast(const OpenedV1&) { return {}; }
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
};

const es::AggregateType type = es::aggregate<Account>();
