#pragma once
// Hands events out one after another, and fetches the next ones into the cache at the same time.
#include <optional>

#include "view.hpp"

namespace eventstore::engine {

/// The progress of a delivery. `error` is set if an event could not be read.
struct Delivered {
  std::size_t count = 0;  ///< events handed out or withheld
  bool is_stopped = false;
  std::optional<Error> error{};
};

/// The error for an event that no index file has, and no damage took.
Error event_missing(Position position);

/// The events that were asked for. An index file may name the place of another one.
struct Wanted {
  std::uint64_t first = 0;                    ///< the position of the first one or, of a stream, its version
  bool is_forward = true;                     ///< the others follow in this direction
  std::string_view stream{};                  ///< if it is not empty: all are of this stream
  std::span<const std::uint32_t> ordinals{};  ///< if it is not empty: the positions are `first` and so many more
  const Filter* filter = nullptr;             ///< not null: it admits all of them
  const EventOpener* opener = nullptr;        ///< not null: gives them in clear

  [[nodiscard]] bool is(std::size_t i, const RecordedEvent& event) const {
    if (!stream.empty()) return event.version.value == number(i) && event.stream == stream;
    return event.position.value == number(i) && (filter == nullptr || filter->admits(event));
  }

 private:
  [[nodiscard]] std::uint64_t number(std::size_t i) const {
    if (!ordinals.empty()) return first + ordinals[i];
    return is_forward ? first + i : first - i;
  }
};

/// Hands out the events at `locations` in their order, until the visitor stops or one cannot be read. A location of 0
/// is an event that was lost to damage.
Delivered deliver(const View& view, std::span<const format::Location> locations, const Wanted& wanted, Visitor visitor);

}  // namespace eventstore::engine
