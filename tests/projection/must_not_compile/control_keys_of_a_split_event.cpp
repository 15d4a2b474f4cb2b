// compiles
#include <eventstore/projection/projection_type.hpp>

#include "aggregate/account.hpp"
#include "aggregate/trip.hpp"

namespace es = eventstore;
using std::string;

template <class Aggregate> struct Steps {
  static constexpr auto name = "steps";
  struct Document {
    EVENTSTORE_FIELDS(Document, (std::uint64_t, version), (std::uint64_t, position));
  };
  using reads = es::Reads<Aggregate>;
  static void project(const es::Change<Aggregate>& c, es::Operations<Document>& to) {
    to.put(c.event_key(), {c.stored_version().value, c.stored_position().value});
  }
};

// Where each stored event becomes one event, its version may be a key.
struct ByVersion {
  static constexpr auto name = "by_version";
  struct Document {
    EVENTSTORE_FIELDS(Document, (std::uint64_t, position));
  };
  using reads = es::Reads<bank::Account>;
  static void project(const es::Change<bank::Account>& c, es::Operations<Document>& to) {
    if (c.version > es::Version{1}) to.put(std::to_string(c.version.value), {c.position.value});
  }
};

const es::ProjectionType types[]{es::projection<Steps<trip::Trip>>(), es::projection<Steps<bank::Account>>(),
                                 es::projection<ByVersion>()};
