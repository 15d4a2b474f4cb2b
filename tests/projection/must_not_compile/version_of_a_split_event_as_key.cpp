// expect: the events of one upcast share version and position
#include <eventstore/projection/projection_type.hpp>

#include "aggregate/trip.hpp"

namespace es = eventstore;
using namespace trip;

struct Steps {
  static constexpr auto name = "steps";
  struct Document {
    EVENTSTORE_FIELDS(Document, (string, guest));
  };
  using reads = es::Reads<Trip>;
  static void project(const es::Change<Trip>& c, es::Operations<Document>& to) {
    to.put(std::to_string(c.version.value), {c.after.guest});
  }
};

const es::ProjectionType type = es::projection<Steps>();
