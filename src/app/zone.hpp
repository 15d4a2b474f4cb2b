#pragma once
// Private to app: the option that gives a zone to times without one.
#include <eventstore/core/timestamp.hpp>
#include <optional>
#include <string>

namespace eventstore::app {

/// Nothing for an empty text. Errors: invalid_argument.
inline Result<std::optional<std::chrono::minutes>> zone_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  EVENTSTORE_TRY_ASSIGN(const auto zone, Timestamp::parse_zone(text));
  return zone;
}

}  // namespace eventstore::app
