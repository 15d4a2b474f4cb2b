// expect: an event in `ignores` that no aggregate in `reads` has: take it out of `ignores`, or name its aggregate in
// `reads`
#include <eventstore/projection/projection_type.hpp>

#include "aggregate/account.hpp"

namespace es = eventstore;
using namespace bank;

struct Closed {
  EVENTSTORE_EVENT(Closed, "AccountClosed");
};

struct Balances {
  static constexpr auto name = "balances";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents));
  };
  using reads = es::Reads<Account>;
  using ignores = es::Ignores<Opened, Cursed, Closed>;
  static void project(const Deposited&, const es::Change<Account>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.after.cents});
  }
  static void project(const Withdrawn&, const es::Change<Account>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.after.cents});
  }
};

const es::ProjectionType type = es::projection<Balances>();
