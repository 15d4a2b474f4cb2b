#pragma once
// A place on earth, and how events carry it: as two fields that may be missing.
#include <eventstore/aggregate/decision.hpp>
#include <eventstore/schema/fields.hpp>

#include <optional>

namespace domain {

/// Degrees; longitude first, as in GeoJSON.
struct Coordinates {
  EVENTSTORE_FIELDS(Coordinates, (double, longitude), (double, latitude));
};

/// The place where both halves are known. Half a place, which history may hold, is none.
std::optional<Coordinates> coordinates_of(std::optional<double> longitude, std::optional<double> latitude);

/// Why a command may not carry these: one half without the other, or outside -180..180 and -90..90 (NaN is outside).
std::optional<eventstore::Refusal> check_coordinates(std::optional<double> longitude, std::optional<double> latitude);

}  // namespace domain
