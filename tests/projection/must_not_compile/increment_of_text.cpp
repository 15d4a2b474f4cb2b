// expect: increment adds int64_t and double fields
#include <eventstore/projection/projection_type.hpp>

#include "aggregate/account.hpp"

namespace es = eventstore;
using namespace bank;

struct Balances {
  static constexpr auto name = "balances";
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, text));
  };
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) {
    to.increment<&Document::text>(c.key, {""});
  }
};

const es::ProjectionType type = es::projection<Balances>();
