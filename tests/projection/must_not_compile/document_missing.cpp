// expect: describe the documents: `struct Document { EVENTSTORE_FIELDS(Document, (type, field)...); };`
#include <eventstore/projection/projection_type.hpp>

#include "aggregate/account.hpp"

namespace es = eventstore;
using namespace bank;

struct Balances {
  static constexpr auto name = "balances";
  using reads = es::Reads<Account>;
};

const es::ProjectionType type = es::projection<Balances>();
