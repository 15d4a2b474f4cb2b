// expect: an event with a project() of its own besides the one for any event, which would be called instead: keep one
#include <eventstore/projection/projection_type.hpp>

#include "aggregate/account.hpp"

namespace es = eventstore;
using namespace bank;

struct Balances {
  static constexpr auto name = "balances";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents));
  };
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) { to.put(c.key, {c.after.cents}); }
  static void project(const Deposited&, const es::Change<Account>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.after.cents});
  }
};

const es::ProjectionType type = es::projection<Balances>();
