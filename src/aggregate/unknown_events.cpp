#include <eventstore/aggregate/unknown_events.hpp>

#include <fmt/format.h>

namespace eventstore {
inline namespace v1 {

std::string PassedOver::to_string() const {
  const auto others = events > 1 ? fmt::format(" and {} more", events - 1) : std::string{};
  return fmt::format("{} at position {}{}", type, first.value, others);
}

void detail::note(PassedOver& passed_over, const RecordedEvent& event) {
  if (passed_over.events++ > 0) return;
  passed_over.type = event.type;
  passed_over.first = event.position;
}

}  // namespace v1
}  // namespace eventstore
