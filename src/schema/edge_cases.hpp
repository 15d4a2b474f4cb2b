#pragma once
// Private to the schema layer: the edge cases that a payload shows.
#include <eventstore/core/bytes.hpp>
#include <eventstore/schema/type.hpp>
#include <optional>

namespace eventstore {
inline namespace v1 {

/// The edge case at one place of a type in a payload.
struct EdgeCase {
  enum class What : std::uint8_t {
    absent,
    present,
    none_of,  ///< an empty list or map
    one_of,
    several_of,
    empty,  ///< text, bytes or free data
    up_to_15_bytes,
    up_to_255_bytes,
    longer,
    with_escapes,  ///< quotes, backslashes, control characters
    beyond_ascii,
    zero,
    negative_zero,
    positive,
    negative,
    least,
    most,
    fraction,
    infinite,
    not_a_number,
    before_1970,
    parts_of_a_second,
    enumerator_or_flag,  ///< this one and those that follow: the first, the second, …
  };
  const Type* at;
  std::uint32_t what;

  friend constexpr auto operator<=>(const EdgeCase&, const EdgeCase&) = default;
};

/// Sorted, each once.
using EdgeCases = std::vector<EdgeCase>;

/// Those of `bytes`; absent where they are not a value of `type`. Lifetime: they refer to parts of `type`.
std::optional<EdgeCases> edge_cases(const Type& type, BytesView bytes);

}  // namespace v1
}  // namespace eventstore
