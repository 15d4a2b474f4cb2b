#include "zone.hpp"

#include <eventstore/core/timestamp.hpp>

#include "named_zone.hpp"

namespace eventstore::app {

Result<std::shared_ptr<const Zone>> zone_of(const std::string& text) {
  if (text.empty()) return nullptr;
  if (const auto offset = Timestamp::parse_zone(text)) return std::make_shared<const FixedOffset>(*offset);
  if (auto zone = named_zone(text)) return zone;
  return failure(Errc::invalid_argument, "read zone", text.substr(0, 64),
                 "no such zone: write one like --zone Europe/Berlin or --zone +02:00");
}

}  // namespace eventstore::app
