// expect first: a category's name is 1 to 64 of a to z, 0 to 9 and _, as it stands before the `-` of its streams
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner));
};
struct Account {
  static constexpr auto category = "";
  using events = es::Events<Opened>;
};

const es::AggregateType type = es::aggregate<Account>();
