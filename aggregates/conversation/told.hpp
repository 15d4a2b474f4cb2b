#pragma once
// What a provider tells besides, in the metadata of an event.
#include <eventstore/schema/json.hpp>

#include <optional>
#include <string_view>

namespace domain {

/// The member `name` of the object `told`; none where there is no such member, or it is null.
std::optional<eventstore::Json> member_of(const std::optional<eventstore::Json>& told, std::string_view name);

}  // namespace domain
