#include "queried_field.hpp"

#include <algorithm>
#include <chrono>
#include <numbers>

#include <cmath>

namespace eventstore {
inline namespace v1 {
namespace {

std::string monday_of(Timestamp time) {
  const std::chrono::sys_days day{
      std::chrono::days{time.start_of_day().micros / std::chrono::microseconds{std::chrono::days{1}}.count()}};
  const auto since_monday = std::chrono::weekday{day}.iso_encoding() - 1;
  return time.start_of_day().plus_seconds(-std::int64_t{since_monday} * 86'400).date();
}

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

}  // namespace

std::size_t rank_of(const Type& enumeration, std::string_view enumerator) {
  const auto& names = enumeration.enumerators;
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), enumerator) - names.begin());
}

std::string period_name(Timestamp time, Period period) {
  switch (period) {
    case Period::hour: return time.to_string().substr(0, 13);
    case Period::day: return time.date();
    case Period::week: return monday_of(time);
    case Period::month: return time.date().substr(0, 7);
  }
  return {};
}

// The haversine formula: exact for near points too.
double distance_meters(double from_longitude, double from_latitude, double to_longitude, double to_latitude) {
  const double north = std::sin(radians(to_latitude - from_latitude) / 2);
  const double east = std::sin(radians(to_longitude - from_longitude) / 2);
  const double part = north * north + std::cos(radians(from_latitude)) * std::cos(radians(to_latitude)) * east * east;
  return 2 * earth_radius_meters * std::asin(std::min(1.0, std::sqrt(part)));
}

}  // namespace v1
}  // namespace eventstore
