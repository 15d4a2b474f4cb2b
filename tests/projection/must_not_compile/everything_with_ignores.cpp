// expect: a projection that reads es::Everything ignores nothing: take `ignores` out
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
  using ignores = es::Ignores<Opened>;
  static void project(const es::AnyChange&, es::Operations<Document>&) {}
};

const es::ProjectionType type = es::projection<Balances>();
