// expect first: two events of the aggregate are stored under one name: nobody could tell them apart; the earlier names
#include <eventstore/aggregate/repository.hpp>

namespace es = eventstore;

struct Moved {
  static constexpr auto was = es::was("Left");
  EVENTSTORE_EVENT(Moved, (std::string, city));
};
struct Relocated {
  static constexpr auto was = es::was("Left");
  EVENTSTORE_EVENT(Relocated, (std::string, place));
};
struct Account : es::CategoryOf<"account", es::Events<Moved, Relocated>> {};

const es::AggregateType type = es::aggregate<Account>();
