#include "scrub_number.hpp"

#include <eventstore/schema/detail/bytes_reader.hpp>

#include <algorithm>
#include <array>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t day = 24 * 60 * minute;
constexpr std::int64_t after_1970 = 981'173'106'789'012;    // 2001-02-03T04:05:06.789012Z
constexpr std::int64_t before_1970 = -596'750'093'210'988;  // 1951-02-03T04:05:06.789012Z

constexpr std::int64_t floor_to(std::int64_t micros, std::int64_t unit) {
  const auto rest = micros % unit;
  return micros - (rest < 0 ? rest + unit : rest);
}

}  // namespace

Timestamp scrub_time(Timestamp time) {
  const bool first_or_last =
      !is_calendar_time(Timestamp{time.micros - 1}) || !is_calendar_time(Timestamp{time.micros + 1});
  if (time.micros == 0 || first_or_last) return time;
  const auto made_up = time.micros < 0 ? before_1970 : after_1970;
  // The last unit that divides every time.
  constexpr std::array<std::int64_t, 5> units{day, minute, second, 1000, 1};
  const auto unit = *std::find_if(units.begin(), units.end(), [&](auto each) { return time.micros % each == 0; });
  return Timestamp{floor_to(made_up, unit)};
}

Uuid scrub_uuid(const Uuid& uuid) {
  const auto all = [&](std::uint8_t octet) {
    return std::all_of(uuid.octets.begin(), uuid.octets.end(), [&](auto each) { return each == octet; });
  };
  if (all(0) || all(0xFF)) return uuid;
  Uuid made_up;
  for (std::size_t i = 0; i < made_up.octets.size(); ++i) made_up.octets[i] = static_cast<std::uint8_t>(0x10 + i);
  const auto keep = [&](std::size_t octet, unsigned mask) {
    made_up.octets[octet] = static_cast<std::uint8_t>((made_up.octets[octet] & ~mask) | (uuid.octets[octet] & mask));
  };
  keep(6, 0xF0);  // version
  keep(8, 0xC0);  // variant
  return made_up;
}

}  // namespace v1
}  // namespace eventstore
