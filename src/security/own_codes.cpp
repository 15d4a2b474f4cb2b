#include <eventstore/log/event_log.hpp>
#include <eventstore/security/own_codes.hpp>
#include <eventstore/security/value_cipher.hpp>

#include <algorithm>

#include "crypto.hpp"

namespace eventstore {
inline namespace v1 {
namespace {

KeyBytes key_of_a_passing_log(const Uuid& store_id) {
  KeyBytes key{};
  std::ranges::transform(store_id.octets, key.begin(), [](auto octet) { return static_cast<std::byte>(octet); });
  return key;
}

void add_part(std::string_view part, std::string& message) {
  message += std::to_string(part.size());
  message += ':';
  message += part;
}

std::string hexadecimal_digits(const security::Code& code) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * code.size());
  for (const auto byte : code) {
    text += digits[std::to_integer<std::size_t>(byte) / 16];
    text += digits[std::to_integer<std::size_t>(byte) % 16];
  }
  return text;
}

}  // namespace

OwnCodes::OwnCodes(std::unique_ptr<const security::Cipher> cipher) : cipher_{std::move(cipher)} {}
OwnCodes::OwnCodes(OwnCodes&&) noexcept = default;
OwnCodes& OwnCodes::operator=(OwnCodes&&) noexcept = default;
OwnCodes::~OwnCodes() = default;

Result<OwnCodes> OwnCodes::of(const EventLog& log) {
  KeyBytes key;
  if (const auto* const cipher = value_cipher_of(log); cipher != nullptr) {
    EVENTSTORE_TRY_ASSIGN(key, cipher->keys().own_key());
  } else if (!log.lasts()) {
    key = key_of_a_passing_log(log.store_id());
  } else {
    return failure(Errc::missing_key, "claim a unique value", {},
                   "unique values are claimed under codes, and this log has no keys to make them: open it as a store");
  }
  OwnCodes codes{std::make_unique<const security::Cipher>(key)};
  security::wipe(key);
  return codes;
}

std::string OwnCodes::of(std::string_view use, std::span<const std::string_view> parts) const {
  std::string message;
  add_part(use, message);
  for (const auto part : parts) add_part(part, message);
  auto code = hexadecimal_digits(cipher_->code({as_bytes(message)}));
  security::wipe(std::as_writable_bytes(std::span{message}));
  return code;
}

}  // namespace v1
}  // namespace eventstore
