// expect: a projection of es::Everything that sets events aside writes whole documents
#include <eventstore/projection/projection_type.hpp>

namespace es = eventstore;

struct Lines {
  static constexpr auto name = "lines";
  static constexpr auto on_failure = es::OnFailure::set_aside;
  struct Document {
    EVENTSTORE_FIELDS(Document, (std::string, type));
  };
  using reads = es::Everything;
  static void project(const es::AnyChange& c, es::Operations<Document>& to) {
    to.append(c, {std::string{c.event().type}});
  }
};

const es::ProjectionType type = es::projection<Lines>();
