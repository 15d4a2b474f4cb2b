#pragma once
// Private to the use cases: the moment that a command's options choose.
#include <cstdint>
#include <eventstore/history/moment.hpp>
#include <optional>

namespace eventstore::app {

/// Errors: invalid_argument, where more than one of the three is given.
inline Result<Moment> chosen_moment(std::optional<std::uint64_t> version, std::optional<Timestamp> time,
                                    std::optional<std::uint64_t> position, EventClock by) {
  if (int{version.has_value()} + int{time.has_value()} + int{position.has_value()} > 1)
    return failure(Errc::invalid_argument, "find version", "", "give one of a version, a time and a position");
  if (version) return Moment{Version{*version}};
  if (position) return Moment{Position{*position}};
  if (time) return Moment{AtTime{*time, by}};
  return Moment{Present{}};
}

}  // namespace eventstore::app
