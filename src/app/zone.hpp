#pragma once
// Private to app: the option that gives a zone to times without one.
#include <eventstore/core/zone.hpp>
#include <memory>
#include <string>

namespace eventstore::app {

/// The zone of a text like +01:00, Z or Europe/Berlin; null for an empty text. Errors: invalid_argument.
Result<std::shared_ptr<const Zone>> zone_of(const std::string& text);

}  // namespace eventstore::app
