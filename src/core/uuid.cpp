#include <eventstore/core/uuid.hpp>

#include "name_based.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";
constexpr std::size_t text_size = 36;

constexpr bool dash_at(std::size_t index) { return index == 8 || index == 13 || index == 18 || index == 23; }

int hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

}  // namespace

Result<Uuid> Uuid::parse(std::string_view text) {
  const auto malformed = [&] {
    return failure(Errc::invalid_argument, "read UUID", std::string{text.substr(0, 64)},
                   "expected 36 characters like 123e4567-e89b-12d3-a456-426614174000");
  };
  if (text.size() != text_size) return malformed();
  Uuid uuid;
  std::size_t octet = 0;
  for (std::size_t index = 0; index < text_size;) {
    if (dash_at(index)) {
      if (text[index++] != '-') return malformed();
      continue;
    }
    const int high = hex_value(text[index]);
    const int low = hex_value(text[index + 1]);
    if (high < 0 || low < 0) return malformed();
    uuid.octets[octet++] = static_cast<std::uint8_t>(high << 4 | low);
    index += 2;
  }
  return uuid;
}

Uuid Uuid::v5(const Uuid& name_space, BytesView name) {
  const auto fast = name_based_by_openssl(name_space, name);
  return fast ? *fast : name_based_by_boost(name_space, name);
}

Uuid Uuid::v7(Timestamp time, std::uint64_t random_high, std::uint64_t random_low) {
  Uuid uuid;
  const auto millis = static_cast<std::uint64_t>(time.micros / 1000);
  for (std::size_t i = 0; i < 6; ++i) uuid.octets[i] = static_cast<std::uint8_t>(millis >> (40 - 8 * i));
  uuid.octets[6] = static_cast<std::uint8_t>(0x70U | (random_high >> 8 & 0x0FU));
  uuid.octets[7] = static_cast<std::uint8_t>(random_high);
  for (std::size_t i = 0; i < 8; ++i) uuid.octets[8 + i] = static_cast<std::uint8_t>(random_low >> (56 - 8 * i));
  uuid.octets[8] = static_cast<std::uint8_t>(0x80U | (uuid.octets[8] & 0x3FU));
  return uuid;
}

void Uuid::write_to(char* out) const {
  std::size_t index = 0;
  for (const auto octet : octets) {
    if (dash_at(index)) out[index++] = '-';
    out[index++] = hex_digits[octet >> 4];
    out[index++] = hex_digits[octet & 0x0F];
  }
}

std::string Uuid::to_string() const {
  std::string text(text_size, '-');
  write_to(text.data());
  return text;
}

}  // namespace v1
}  // namespace eventstore
