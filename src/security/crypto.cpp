#include "crypto.hpp"

#include <nettle/gcm.h>
#include <nettle/hmac.h>
#include <nettle/memops.h>
#include <sys/random.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace eventstore::security {
namespace {

const std::uint8_t* octets(BytesView bytes) { return reinterpret_cast<const std::uint8_t*>(bytes.data()); }
std::uint8_t* octets(std::byte* bytes) { return reinterpret_cast<std::uint8_t*>(bytes); }

nettle_cipher_func* const block_cipher = reinterpret_cast<nettle_cipher_func*>(&nettle_aes256_encrypt);

}  // namespace

struct Cipher::State {
  aes256_ctx blocks{};
  gcm_key hash{};
  hmac_sha256_ctx hmac{};
};

Cipher::Cipher(const KeyBytes& key) : state_{std::make_unique<State>()} {
  aes256_set_encrypt_key(&state_->blocks, octets(key));
  gcm_set_key(&state_->hash, &state_->blocks, block_cipher);
  // Two uses of one key are kept apart: codes are made under a key that is itself a code.
  static constexpr std::string_view use = "eventstore code";
  Code derived;
  hmac_sha256_set_key(&state_->hmac, key.size(), octets(key));
  hmac_sha256_update(&state_->hmac, use.size(), octets(as_bytes(use)));
  hmac_sha256_digest(&state_->hmac, derived.size(), octets(derived.data()));
  hmac_sha256_set_key(&state_->hmac, derived.size(), octets(derived));
  wipe(derived);
}

Cipher::~Cipher() { wipe(std::as_writable_bytes(std::span{state_.get(), 1})); }

Tag Cipher::encrypt(const Nonce& nonce, BytesView context, BytesView clear, std::byte* out) const {
  gcm_ctx message;
  gcm_set_iv(&message, &state_->hash, nonce.size(), octets(nonce));
  gcm_update(&message, &state_->hash, context.size(), octets(context));
  gcm_encrypt(&message, &state_->hash, &state_->blocks, block_cipher, clear.size(), octets(out), octets(clear));
  Tag tag;
  gcm_digest(&message, &state_->hash, &state_->blocks, block_cipher, tag.size(), octets(tag.data()));
  return tag;
}

bool Cipher::decrypt(const Nonce& nonce, BytesView context, BytesView encrypted, const Tag& tag, std::byte* out) const {
  gcm_ctx message;
  gcm_set_iv(&message, &state_->hash, nonce.size(), octets(nonce));
  gcm_update(&message, &state_->hash, context.size(), octets(context));
  gcm_decrypt(&message, &state_->hash, &state_->blocks, block_cipher, encrypted.size(), octets(out), octets(encrypted));
  Tag own;
  gcm_digest(&message, &state_->hash, &state_->blocks, block_cipher, own.size(), octets(own.data()));
  return memeql_sec(own.data(), tag.data(), tag.size()) != 0;
}

Code Cipher::code(std::initializer_list<BytesView> parts) const {
  auto hmac = state_->hmac;
  for (const auto part : parts) hmac_sha256_update(&hmac, part.size(), octets(part));
  Code code;
  hmac_sha256_digest(&hmac, code.size(), octets(code.data()));
  return code;
}

void fill_at_random(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const auto got = ::getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw std::runtime_error{"the system gives no random numbers"};
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

KeyBytes random_key() {
  KeyBytes key;
  fill_at_random(key);
  return key;
}

void wipe(std::span<std::byte> bytes) { ::explicit_bzero(bytes.data(), bytes.size()); }

}  // namespace eventstore::security
