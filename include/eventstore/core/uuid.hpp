#pragma once
// UUIDs (RFC 9562): name-based version 5 for ids that must be the same each time, time-ordered version 7 for new ids.
#include <array>
#include <compare>
#include <cstring>
#include <eventstore/core/bytes.hpp>
#include <eventstore/core/result.hpp>
#include <eventstore/core/timestamp.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>

namespace eventstore {
inline namespace v1 {

/// 128 bits in RFC byte order. All zero is "none".
struct Uuid {
  std::array<std::uint8_t, 16> octets{};

  /// Reads the 36-character form, upper or lower case. Errors: invalid_argument.
  static Result<Uuid> parse(std::string_view text);
  /// Version 5: the SHA-1 of `name_space` and `name`; the same for the same input, on any machine.
  static Uuid v5(const Uuid& name_space, BytesView name);
  static Uuid v5(const Uuid& name_space, std::string_view name) { return v5(name_space, as_bytes(name)); }
  /// Version 7 from milliseconds of `time` and 74 of the `random` bits given.
  static Uuid v7(Timestamp time, std::uint64_t random_high, std::uint64_t random_low);

  [[nodiscard]] bool is_nil() const { return *this == Uuid{}; }
  /// 36 characters, lower case.
  [[nodiscard]] std::string to_string() const;
  /// Writes the 36 characters of to_string() to `out`, without a terminating zero.
  void write_to(char* out) const;

  friend constexpr auto operator<=>(const Uuid&, const Uuid&) = default;
  friend constexpr bool operator==(const Uuid& a, const Uuid& b) {
    if (std::is_constant_evaluated()) return a.octets == b.octets;
    // Two words: replay compares ids for every event, and the library's way is a call of memcmp.
    std::uint64_t words[4];
    std::memcpy(words, a.octets.data(), sizeof a.octets);
    std::memcpy(words + 2, b.octets.data(), sizeof b.octets);
    return ((words[0] ^ words[2]) | (words[1] ^ words[3])) == 0;
  }
};

/// Identifies an event within its stream.
struct EventId {
  Uuid uuid{};

  constexpr EventId() = default;
  constexpr explicit EventId(const Uuid& id) : uuid{id} {}
  [[nodiscard]] std::string to_string() const { return uuid.to_string(); }
  friend constexpr auto operator<=>(const EventId&, const EventId&) = default;
};

/// The namespace of every version 5 UUID that eventstore derives.
inline constexpr Uuid eventstore_namespace{
    {0x3f, 0x1d, 0x5c, 0x0e, 0x8a, 0x41, 0x5b, 0x6e, 0x9c, 0x27, 0xd4, 0x60, 0x12, 0xeb, 0x77, 0xa3}};

}  // namespace v1
}  // namespace eventstore

template <> struct std::hash<eventstore::Uuid> {
  std::size_t operator()(const eventstore::Uuid& uuid) const noexcept {
    // Both versions in use carry at least 62 evenly spread bits in the last eight octets.
    std::uint64_t low = 0;
    std::memcpy(&low, uuid.octets.data() + 8, sizeof low);
    return static_cast<std::size_t>(low);
  }
};

template <> struct std::hash<eventstore::EventId> {
  std::size_t operator()(const eventstore::EventId& id) const noexcept {
    return std::hash<eventstore::Uuid>{}(id.uuid);
  }
};
