#include <eventstore/log/event_log.hpp>

namespace eventstore {
inline namespace v1 {

bool Filter::admits(const RecordedEvent& event) const {
  // A category has no '-', so the first one ends it.
  if (!category.empty() && (event.stream.size() <= category.size() || event.stream[category.size()] != '-' ||
                            !event.stream.starts_with(category)))
    return false;
  return (type.empty() || event.type == type) && (organization.empty() || event.organization == organization);
}

}  // namespace v1
}  // namespace eventstore
