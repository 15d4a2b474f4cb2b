// expect: two ways to read the same schema: an old struct is listed twice, or equals another one or an event of today
// field by field; keep one
#include <eventstore/aggregate/aggregate_type.hpp>

namespace es = eventstore;

struct OpenedV1 {
  EVENTSTORE_EVENT(OpenedV1, "AccountOpened", (std::string, owner));
};
struct OpenedByHand {
  EVENTSTORE_EVENT(OpenedByHand, "AccountOpened", (std::string, owner));
};
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::int64_t, owner_number));
  using formerly = es::Formerly<OpenedV1, OpenedByHand>;
  static Opened upcast(const OpenedV1&) { return {1}; }
  static Opened upcast(const OpenedByHand&) { return {2}; }
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
};

const es::AggregateType type = es::aggregate<Account>();
