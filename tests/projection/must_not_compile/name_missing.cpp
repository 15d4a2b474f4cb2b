// expect: name the collection: `static constexpr auto name = "balances";`
#include <eventstore/projection/projection_type.hpp>

#include "aggregate/account.hpp"

namespace es = eventstore;
using namespace bank;

struct Balances {
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents));
  };
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) { to.put(c.key, {c.after.cents}); }
};

const es::ProjectionType type = es::projection<Balances>();
