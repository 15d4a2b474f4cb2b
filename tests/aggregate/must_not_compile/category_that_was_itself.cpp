// expect: an earlier name of the category that is today's, or is listed twice: keep each name once
#include <eventstore/aggregate/aggregate_type.hpp>

namespace es = eventstore;

struct Opened {
  EVENTSTORE_EVENT(Opened, "AccountOpened", (std::string, owner));
};
struct Account {
  static constexpr auto category = "account";
  static constexpr auto was = es::was("account");
  using events = es::Events<Opened>;
};

const es::AggregateType type = es::aggregate<Account>();
