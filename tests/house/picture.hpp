#pragma once
// The picture of the house in docs/inside/architecture.md, drawn from the table.
#include <optional>
#include <string>

#include "house.hpp"

namespace house {

/// The floors from the highest down, and then the rooms of each floor that has several.
std::string picture_of(const House& house);

/// `document` with the picture between its two marks; nothing where it has no marks.
std::optional<std::string> with_picture(const std::string& document, const House& house);

}  // namespace house
