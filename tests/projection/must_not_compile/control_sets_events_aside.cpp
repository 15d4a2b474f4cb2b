// compiles
#include <eventstore/projection/projection_type.hpp>

#include "aggregate/account.hpp"

namespace es = eventstore;
using namespace bank;

struct Latest {
  static constexpr auto name = "latest";
  static constexpr auto on_failure = es::OnFailure::set_aside;
  struct Document {
    EVENTSTORE_FIELDS(Document, (int64_t, cents));
  };
  using reads = es::Reads<Account>;
  static void project(const es::Change<Account>& c, es::Puts<Document>& to) {
    if (c.after.cents < 0) to.remove(c.key);
    to.put(c.key, {c.after.cents});
  }
};

// A projection that stops may restrict itself, too.
struct Plain : Latest {
  static constexpr auto on_failure = es::OnFailure::stop;
};
struct Sums : Latest {
  static constexpr auto on_failure = es::OnFailure::set_aside_although_incomplete;
  static void project(const es::Change<Account>& c, es::Operations<Document>& to) {
    to.increment<&Document::cents>(c.key, {1});
  }
};
struct Lines : Latest {
  using reads = es::Everything;
  static void project(const es::AnyChange& c, es::Puts<Document>& to) { to.append(c, {1}); }
};

const es::ProjectionType types[]{es::projection<Latest>(), es::projection<Plain>(), es::projection<Sums>(),
                                 es::projection<Lines>()};
