#pragma once
// Places as MongoDB's documents have them.
#include <importers/document.hpp>

#include <optional>

namespace domain::importers {

struct Point {
  eventstore::JsonNode longitude;
  eventstore::JsonNode latitude;
};

/// Of a GeoJSON point, of {longitude, latitude} and {lng, lat}, and of a pair of numbers, longitude first; none for
/// everything else.
std::optional<Point> point_of(const std::optional<eventstore::JsonNode>& place);

/// Adds longitude and latitude, where there is a point.
void add_point(Members& to, const std::optional<Point>& point);

}  // namespace domain::importers
