#pragma once
// Places in a stream and in the log, as types that never turn into one another or into plain integers by themselves.
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace eventstore {
inline namespace v1 {

/// A place in a sequence, counted from 1; 0 is the place before the first.
template <class Tag> struct Ordinal {
  std::uint64_t value = 0;

  constexpr Ordinal() = default;
  constexpr explicit Ordinal(std::uint64_t place) : value{place} {}

  [[nodiscard]] constexpr Ordinal next() const { return Ordinal{value + 1}; }
  [[nodiscard]] constexpr Ordinal plus(std::uint64_t places) const { return Ordinal{value + places}; }

  friend constexpr auto operator<=>(Ordinal, Ordinal) = default;
};

/// An event's place in its stream; version 0 is "no event yet".
using Version = Ordinal<struct VersionTag>;

/// An event's place in the whole log; position 0 is "before everything".
using Position = Ordinal<struct PositionTag>;

}  // namespace v1
}  // namespace eventstore

template <class Tag> struct std::hash<eventstore::Ordinal<Tag>> {
  std::size_t operator()(eventstore::Ordinal<Tag> ordinal) const noexcept {
    return std::hash<std::uint64_t>{}(ordinal.value);
  }
};
