#pragma once
// Private to app: zones of the tz database by their names, from ICU.
#include <eventstore/core/zone.hpp>
#include <memory>
#include <string_view>

namespace eventstore::app {

/// The zone that is called like an area and a place (Europe/Berlin), UTC or GMT; capitals and small letters are the
/// same. Null where there is none. Other names of one word, like BST, are none: some stand for several zones.
/// Cost: reads the list of all names, 636 in 2022.
std::shared_ptr<const Zone> named_zone(std::string_view name);

}  // namespace eventstore::app
