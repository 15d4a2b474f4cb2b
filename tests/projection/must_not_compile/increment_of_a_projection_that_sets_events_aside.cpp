// expect: a projection that sets events aside writes whole documents
#include <eventstore/projection/projection_type.hpp>

#include "aggregate/account.hpp"

namespace es = eventstore;
using namespace bank;

struct Moves {
  static constexpr auto name = "moves";
  static constexpr auto on_failure = es::OnFailure::set_aside;
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, count));
  };
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) {
    to.increment<&Document::count>(c.key, {1});
  }
};

const es::ProjectionType type = es::projection<Moves>();
