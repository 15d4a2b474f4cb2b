// expect: keep_since names a time of the document
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
  static constexpr auto keep_since = &Document::text;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) { to.put(c.key, {""}); }
};

const es::ProjectionType type = es::projection<Balances>();
