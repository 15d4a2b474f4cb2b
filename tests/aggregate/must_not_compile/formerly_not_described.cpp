// expect: an old event is a struct with EVENTSTORE_EVENT(Type, "StoredName", (type, field)...) in it, as it was when
// events were written by it
#include <eventstore/aggregate/aggregate_type.hpp>

namespace es = eventstore;

struct OpenedV1 {
  EVENTSTORE_FIELDS(OpenedV1, (std::string, owner));
};
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::int64_t, owner_number));
  using formerly = es::Formerly<OpenedV1>;
  static Opened upcast(const OpenedV1&) { return {1}; }
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
};

const es::AggregateType type = es::aggregate<Account>();
