// expect: upcasters that lead in a circle: let each give a newer struct, and the last an event of the aggregate
#include <eventstore/aggregate/aggregate_type.hpp>

namespace es = eventstore;

struct OpenedV1 {
  EVENTSTORE_EVENT(OpenedV1, "AccountOpened", (std::string, owner));
};
struct OpenedV2 {
  EVENTSTORE_EVENT(OpenedV2, "AccountOpened", (bool, owner));
};
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::int64_t, owner_number));
  using formerly = es::Formerly<OpenedV1, OpenedV2>;
  static OpenedV2 upcast(const OpenedV1&) { return {}; }
  static OpenedV1 upcast(const OpenedV2&) { return {}; }
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
};

const es::AggregateType type = es::aggregate<Account>();
