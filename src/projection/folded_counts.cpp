#include "folded_counts.hpp"

#include <algorithm>

namespace eventstore {
inline namespace v1 {

std::size_t FoldedCounts::place_of(std::string_view category, const RecordedEvent& event) {
  const auto by_schema = std::size_t{event.schema.digest.octets.front()};
  auto& last = last_[(by_schema + event.type.size()) % places];
  if (last < types_.size() && is(types_[last], category, event.type)) return last;
  const auto found =
      std::ranges::find_if(types_, [&](const TypeCount& each) { return is(each, category, event.type); });
  last = static_cast<std::size_t>(found - types_.begin());
  if (found == types_.end()) types_.push_back({std::string{category}, std::string{event.type}, 0});
  return last;
}

void FoldedCounts::leave_out(std::size_t of, std::string_view category, const RecordedEvent& event) {
  left_out_.push_back({of, place_of(category, event)});
}

void FoldedCounts::clear() {
  for (auto& each : types_) each.events = 0;
  left_out_.clear();
}

}  // namespace v1
}  // namespace eventstore
