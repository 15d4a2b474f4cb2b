// expect: a projection that reads es::Everything has one handler
#include <eventstore/projection/projection_type.hpp>

#include "aggregate/account.hpp"

namespace es = eventstore;
using namespace bank;

struct Balances {
  static constexpr auto name = "balances";
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents));
  };
  using reads = es::Everything;
};

const es::ProjectionType type = es::projection<Balances>();
