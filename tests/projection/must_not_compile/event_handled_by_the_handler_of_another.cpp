// expect: an event that the projection neither handles nor ignores: write `static void project(const Event&, const
#include <eventstore/projection/projection_type.hpp>

#include "aggregate/account.hpp"

namespace es = eventstore;
using namespace bank;

// Converts to every event, and is none of them.
struct Anything {
  template <class Event> Anything(const Event&);
};

struct Balances {
  static constexpr auto name = "balances";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents));
  };
  using reads = es::Reads<Account>;
  using ignores = es::Ignores<Opened, Cursed>;
  static void project(const Anything&, const es::Change<Account>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.after.cents});
  }
};

const es::ProjectionType type = es::projection<Balances>();
