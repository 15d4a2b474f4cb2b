// expect: an old struct without an upcaster: write `static Event upcast(const Old&)` next to the `using formerly`
// that lists it
#include <eventstore/aggregate/aggregate_type.hpp>

namespace es = eventstore;

struct OpenedV1 {
  EVENTSTORE_EVENT(OpenedV1, "AccountOpened", (std::string, owner));
};
struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::int64_t, owner_number));
  using formerly = es::Formerly<OpenedV1>;
};
struct Account {
  static constexpr auto category = "account";
  using events = es::Events<Opened>;
};

const es::AggregateType type = es::aggregate<Account>();
