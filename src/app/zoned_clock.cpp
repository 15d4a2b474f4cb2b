#include <eventstore/app/zoned_clock.hpp>

#include <algorithm>

#include "zone.hpp"

namespace eventstore::app {
namespace {

constexpr std::string_view zone_of_all = "EVENTSTORE_TIMEZONE";

char letter_of_setting(char letter) {
  if (letter >= 'a' && letter <= 'z') return static_cast<char>(letter - 'a' + 'A');
  const bool is_kept = (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
  return is_kept ? letter : '_';
}

std::string setting_of(std::string_view organization) {
  std::string name{zone_of_all};
  name += '_';
  std::ranges::transform(organization, std::back_inserter(name), letter_of_setting);
  return name;
}

}  // namespace

Result<ZonedClock> ZonedClock::of(const Settings& settings, const Clock& clock) {
  ZonedClock made{clock};
  for (const auto& [name, setting] : settings.all()) {
    const bool is_of_one =
        name.starts_with(zone_of_all) && name.size() > zone_of_all.size() + 1 && name[zone_of_all.size()] == '_';
    if (setting.value.empty() || (name != zone_of_all && !is_of_one)) continue;
    auto zone = zone_of(setting.value);
    if (!zone)
      return failure(Errc::invalid_argument, "read settings", name,
                     "no such zone: write one like Europe/Berlin or +02:00");
    made.zones_.emplace(name, std::move(*zone));
  }
  return made;
}

const Zone& ZonedClock::zone(std::string_view organization) const {
  if (zones_.empty()) return clock_->zone(organization);
  auto found = zones_.find(setting_of(organization));
  if (found == zones_.end()) found = zones_.find(zone_of_all);
  return found == zones_.end() ? clock_->zone(organization) : *found->second;
}

}  // namespace eventstore::app
