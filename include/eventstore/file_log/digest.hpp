#pragma once
// SHA-256 digests as values, the parts of tamper evidence.
#include <array>
#include <compare>
#include <cstdint>
#include <eventstore/core/result.hpp>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

struct Digest {
  std::array<std::uint8_t, 32> octets{};

  /// Reads 64 hexadecimal digits, upper or lower case. Errors: invalid_argument.
  static Result<Digest> parse(std::string_view text);
  /// 64 hexadecimal digits, lower case.
  [[nodiscard]] std::string to_string() const;

  friend constexpr auto operator<=>(const Digest&, const Digest&) = default;
};

}  // namespace v1
}  // namespace eventstore
