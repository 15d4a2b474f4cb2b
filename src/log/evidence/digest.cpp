#include <eventstore/file_log/digest.hpp>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::string_view digits = "0123456789abcdef";

// 16 where it is none.
std::uint8_t value_of(char digit) {
  const char lower = digit >= 'A' && digit <= 'F' ? static_cast<char>(digit - 'A' + 'a') : digit;
  const auto at = digits.find(lower);
  return at == std::string_view::npos ? std::uint8_t{16} : static_cast<std::uint8_t>(at);
}

}  // namespace

Result<Digest> Digest::parse(std::string_view text) {
  Digest digest;
  bool is_digest = text.size() == 2 * digest.octets.size();
  for (std::size_t i = 0; is_digest && i < digest.octets.size(); ++i) {
    const auto high = value_of(text[2 * i]);
    const auto low = value_of(text[2 * i + 1]);
    is_digest = high < 16 && low < 16;
    digest.octets[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  if (!is_digest)
    return failure(Errc::invalid_argument, "read digest", std::string{text.substr(0, 80)},
                   "a digest is 64 hexadecimal digits");
  return digest;
}

std::string Digest::to_string() const {
  std::string text;
  for (const auto octet : octets) {
    text += digits[octet >> 4];
    text += digits[octet & 15];
  }
  return text;
}

}  // namespace v1
}  // namespace eventstore
