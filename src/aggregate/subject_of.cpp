#include <eventstore/aggregate/subject_of.hpp>

namespace eventstore {
inline namespace v1 {

std::string subject_of(const AggregateType& type, const AnyState& state, const StreamId& stream) {
  if (!type.subject) return std::string{stream.key()};
  auto named = type.subject(state);
  return named.empty() ? stream.text() : named;
}

}  // namespace v1
}  // namespace eventstore
