#include <eventstore/aggregate/any_state.hpp>

#include <algorithm>

namespace eventstore {
inline namespace v1 {

void AnyState::assign_place(const AnyState& other) {
  version = other.version;
  position = other.position;
  created_at = other.created_at;
  updated_at = other.updated_at;
  organization = other.organization;
  passed_over = other.passed_over;
}

void AnyState::advance(const RecordedEvent& event) {
  if (version == Version{0}) {
    created_at = event.created_at;
    organization = event.organization;
  }
  version = event.version;
  position = event.position;
  updated_at = event.created_at;
}

void AnyState::advance(std::span<const RecordedEvent> events) {
  if (events.empty()) return;
  advance(events.front());
  advance(events.back());
}

namespace detail {

std::span<const RecordedEvent> up_to(std::span<const RecordedEvent> events, Version last) {
  const auto end = std::upper_bound(events.begin(), events.end(), last,
                                    [](Version wanted, const RecordedEvent& event) { return wanted < event.version; });
  return events.first(static_cast<std::size_t>(end - events.begin()));
}

}  // namespace detail
}  // namespace v1
}  // namespace eventstore
