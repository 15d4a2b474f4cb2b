// expect: an event that the projection neither handles nor ignores: write `static void project(const Event&, const
// es::Change<Aggregate>&, es::Operations<Document>&)` for it, or list it in `using ignores = es::Ignores<...>;`
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
  using ignores = es::Ignores<Opened, Cursed>;
  static void project(const Deposited&, const es::Change<Account>& c, es::Operations<Document>& to) {
    to.put(c.key, {c.after.cents});
  }
};

const es::ProjectionType type = es::projection<Balances>();
