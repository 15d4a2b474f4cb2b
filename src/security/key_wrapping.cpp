#include "key_wrapping.hpp"

#include <algorithm>

namespace eventstore::security {
namespace {

constexpr std::size_t nonce_bytes = std::tuple_size_v<Nonce>;
constexpr std::size_t key_bytes = std::tuple_size_v<KeyBytes>;
constexpr std::size_t subject_bytes_max = 300;
constexpr std::size_t organization_bytes_max = 200;

void add(Bytes& bytes, const Uuid& id) {
  const auto octets = std::as_bytes(std::span{id.octets});
  bytes.insert(bytes.end(), octets.begin(), octets.end());
}

// With its length before it, so that two texts can't be cut in another place.
void add(Bytes& bytes, std::string_view text) {
  for (unsigned shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<std::byte>(text.size() >> shift));
  const auto view = as_bytes(text);
  bytes.insert(bytes.end(), view.begin(), view.end());
}

}  // namespace

Bytes use_of(const Uuid& log_id, const Uuid& key_id, const Subject& subject) {
  Bytes use;
  add(use, log_id);
  add(use, key_id);
  add(use, subject.organization);
  add(use, subject.id);
  return use;
}

Bytes use_of(const Uuid& log_id, std::string_view label) { return use_of(log_id, Uuid{}, {{}, std::string{label}}); }

WrappedKey wrap(const Cipher& master, BytesView use, const KeyBytes& key) {
  Nonce nonce;
  fill_at_random(nonce);
  WrappedKey wrapped;
  std::copy(nonce.begin(), nonce.end(), wrapped.begin());
  const auto tag = master.encrypt(nonce, use, key, wrapped.data() + nonce_bytes);
  std::copy(tag.begin(), tag.end(), wrapped.begin() + nonce_bytes + key_bytes);
  return wrapped;
}

std::optional<KeyBytes> unwrap(const Cipher& master, BytesView use, BytesView wrapped) {
  if (wrapped.size() != std::tuple_size_v<WrappedKey>) return std::nullopt;
  Nonce nonce;
  std::copy_n(wrapped.begin(), nonce_bytes, nonce.begin());
  Tag tag;
  std::copy_n(wrapped.begin() + nonce_bytes + key_bytes, tag.size(), tag.begin());
  KeyBytes key;
  if (master.decrypt(nonce, use, wrapped.subspan(nonce_bytes, key_bytes), tag, key.data())) return key;
  return std::nullopt;
}

Uuid random_id() {
  Uuid id;
  fill_at_random(std::as_writable_bytes(std::span{id.octets}));
  id.octets[6] = static_cast<std::uint8_t>((id.octets[6] & 0x0F) | 0x40);  // RFC 9562, version 4
  id.octets[8] = static_cast<std::uint8_t>((id.octets[8] & 0x3F) | 0x80);
  return id;
}

Result<void> check(const Subject& subject) {
  if (!subject.id.empty() && subject.id.size() <= subject_bytes_max &&
      subject.organization.size() <= organization_bytes_max)
    return {};
  return failure(Errc::invalid_argument, "name a subject", "",
                 "the id of a subject has 1 to 300 bytes, and its organization 200 at most");
}

}  // namespace eventstore::security
