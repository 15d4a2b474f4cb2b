#include <eventstore/aggregate/subject_of.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {

std::string subject_of(const AggregateType& type, const AnyState& state, const StreamId& stream) {
  if (!type.subject) return std::string{stream.key()};
  auto named = type.subject(state);
  return named.empty() ? stream.text() : named;
}

bool has_personal_data(const AggregateType& type) {
  return (type.state_schema != nullptr && type.state_schema->has_encrypted) ||
         std::any_of(type.events.begin(), type.events.end(), [](const Schema* each) { return each->has_encrypted; });
}

}  // namespace v1
}  // namespace eventstore
