#include "damage_list.hpp"

#include <algorithm>

namespace eventstore::engine {

void DamageList::add(Damage damage) {
  const std::lock_guard lock{mutex_};
  const auto at = std::partition_point(damages_.begin(), damages_.end(),
                                       [&](const Damage& known) { return known.location < damage.location; });
  if (at != damages_.end() && at->location == damage.location) return;
  damages_.insert(at, std::move(damage));
  is_any_.store(true, std::memory_order_release);
}

std::optional<Error> DamageList::first() const {
  if (is_empty()) return std::nullopt;
  const std::lock_guard lock{mutex_};
  return damages_.front().error;
}

std::optional<Error> DamageList::at(Position position) const {
  if (is_empty()) return std::nullopt;
  const std::lock_guard lock{mutex_};
  const auto found = std::find_if(damages_.begin(), damages_.end(), [&](const Damage& damage) {
    return damage.first <= position && position <= damage.last;
  });
  return found == damages_.end() ? std::nullopt : std::optional{found->error};
}

std::optional<Error> DamageList::past(format::Location last) const {
  if (is_empty()) return std::nullopt;
  const std::lock_guard lock{mutex_};
  // The version of an event after the damage shows which events were lost; without such an event nothing is known.
  if (damages_.back().location < last) return std::nullopt;
  return damages_.back().error;
}

}  // namespace eventstore::engine
