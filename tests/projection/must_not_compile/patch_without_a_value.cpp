// expect: give one value for each field that patch<
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
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) { to.patch<&Document::cents>(c.key); }
};

const es::ProjectionType type = es::projection<Balances>();
