#pragma once
// What a collection says of itself: which events it was made of, and a digest of its documents.
#include <cstdint>
#include <eventstore/collections/set_aside_event.hpp>
#include <eventstore/core/ordinal.hpp>
#include <eventstore/core/result.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The sum, modulo 2^128, of one XXH3-128 for each piece of a collection's documents (docs/reference/collections.md,
/// "Digest"). It depends on what the documents say and on nothing else: not on the order in which they were written,
/// nor on the engine or the machine. That of no documents is zero. It finds mistakes; it withstands no forger.
struct Digest128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  constexpr Digest128& operator+=(const Digest128& other) {
    low += other.low;
    high += other.high + (low < other.low ? 1 : 0);
    return *this;
  }
  constexpr Digest128& operator-=(const Digest128& other) {
    high -= other.high + (low < other.low ? 1 : 0);
    low -= other.low;
    return *this;
  }

  /// 32 hexadecimal digits, lower case.
  [[nodiscard]] std::string to_string() const;
  /// Errors: invalid_argument for a text of another form.
  static Result<Digest128> parse(std::string_view text);

  friend constexpr bool operator==(const Digest128&, const Digest128&) = default;
};

/// How many events of one type a collection was made of.
struct TypeCount {
  std::string category{};
  std::string type{};
  std::uint64_t events = 0;

  friend bool operator==(const TypeCount&, const TypeCount&) = default;
};

/// Adds `counts` to `all`, which has each category and type once, in their order.
void add_type_counts(std::vector<TypeCount>& all, const std::vector<TypeCount>& counts);

/// What a collection was made of, up to `last`.
struct Certificate {
  /// The first event that was counted: 1, or the one after the events that retention had dropped.
  Position first{};
  Position last{};
  std::uint64_t missed_events = 0;  ///< of the log, which retention had dropped before the collection read them
  Position missed_last{};           ///< the last of them; 0: none
  /// The events that the projection was given and took, each category and type once, in their order: also those that
  /// it ignores; none that was passed over or set aside. Absent where a build without certificates has folded a part.
  std::optional<std::vector<TypeCount>> events{};
  SetAsideCounts set_aside{};  ///< events that the documents are without
  /// As it was kept with each change of the documents. Absent while the collection is being built, and where a build
  /// without certificates has written it.
  std::optional<Digest128> digest{};
};

}  // namespace v1
}  // namespace eventstore
