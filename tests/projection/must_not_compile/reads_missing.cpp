// expect: say what is read: `using reads = es::Reads<Aggregate>;` or es::Everything
#include <eventstore/projection/projection_type.hpp>

#include "aggregate/account.hpp"

namespace es = eventstore;
using namespace bank;

struct Balances {
  static constexpr auto name = "balances";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents));
  };
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) { to.put(c.key, {c.after.cents}); }
};

const es::ProjectionType type = es::projection<Balances>();
