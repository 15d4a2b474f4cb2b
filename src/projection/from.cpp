#include <eventstore/projection/from.hpp>

#include <eventstore/log/event_log.hpp>

namespace eventstore {
inline namespace v1 {

Result<Position> From::resolve(const EventLog& log) const {
  switch (kind_) {
    case Kind::beginning: return log.dropped().map([](const DroppedEvents& dropped) { return dropped.last; });
    case Kind::now: return log.head();
    case Kind::position: break;
  }
  return Position{first_.value == 0 ? 0 : first_.value - 1};
}

}  // namespace v1
}  // namespace eventstore
