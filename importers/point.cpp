#include <importers/point.hpp>

namespace domain::importers {

namespace es = eventstore;
using std::optional;

namespace {

bool is_coordinate(const optional<es::JsonNode>& node) {
  return node && (node->kind() == es::JsonKind::integer || node->kind() == es::JsonKind::number);
}

optional<Point> pair_of(es::JsonNode list) {
  optional<es::JsonNode> longitude;
  optional<es::JsonNode> latitude;
  std::size_t count = 0;
  list.each_element([&](es::JsonNode each) {
    if (++count == 1) longitude = each;
    if (count == 2) latitude = each;
    return true;
  });
  if (count != 2 || !is_coordinate(longitude) || !is_coordinate(latitude)) return std::nullopt;
  return Point{*longitude, *latitude};
}

}  // namespace

optional<Point> point_of(const optional<es::JsonNode>& place) {
  if (!place) return std::nullopt;
  if (place->kind() == es::JsonKind::array) return pair_of(*place);
  if (place->kind() != es::JsonKind::object) return std::nullopt;
  if (const auto pair = place->find("coordinates"); pair && pair->kind() == es::JsonKind::array) return pair_of(*pair);
  for (const auto& [east, north] : {std::pair{"longitude", "latitude"}, std::pair{"lng", "lat"}}) {
    const auto longitude = place->find(east);
    const auto latitude = place->find(north);
    if (is_coordinate(longitude) && is_coordinate(latitude)) return Point{*longitude, *latitude};
  }
  return std::nullopt;
}

void add_point(Members& to, const optional<Point>& point) {
  if (point) to.json("longitude", point->longitude).json("latitude", point->latitude);
}

}  // namespace domain::importers
