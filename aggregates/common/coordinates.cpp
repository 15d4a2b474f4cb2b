#include <aggregates/common/coordinates.hpp>

namespace domain {

std::optional<Coordinates> coordinates_of(std::optional<double> longitude, std::optional<double> latitude) {
  if (!longitude || !latitude) return std::nullopt;
  return Coordinates{*longitude, *latitude};
}

std::optional<eventstore::Refusal> check_coordinates(std::optional<double> longitude, std::optional<double> latitude) {
  if (longitude.has_value() != latitude.has_value())
    return eventstore::refuse("bad_coordinates", "give both longitude and latitude, or neither");
  // Written so that NaN, which compares false with everything, is refused.
  if (longitude && !(*longitude >= -180 && *longitude <= 180))
    return eventstore::refuse("bad_coordinates", "a longitude is from -180 to 180 degrees");
  if (latitude && !(*latitude >= -90 && *latitude <= 90))
    return eventstore::refuse("bad_coordinates", "a latitude is from -90 to 90 degrees");
  return std::nullopt;
}

}  // namespace domain
