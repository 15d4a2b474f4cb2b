#pragma once
// AES-256-GCM (NIST SP 800-38D) and HMAC-SHA-256 (RFC 2104) by Nettle, whose headers stay in the source file.
#include <array>
#include <cstddef>
#include <eventstore/core/bytes.hpp>
#include <eventstore/security/key_store.hpp>
#include <initializer_list>
#include <memory>

namespace eventstore::security {

using Nonce = std::array<std::byte, 12>;
using Tag = std::array<std::byte, 16>;
using Code = std::array<std::byte, 32>;  // of HMAC-SHA-256

/// A key that is ready for use. Threads: constant once it is made. Cost of making one: some 2 microseconds; 5 KB.
class Cipher {
 public:
  explicit Cipher(const KeyBytes& key);
  ~Cipher();
  Cipher(const Cipher&) = delete;
  Cipher& operator=(const Cipher&) = delete;

  /// Writes as many bytes as `clear` has to `out`, which may be where `clear` is. `context` is authenticated too. No
  /// two messages under one key may have the same nonce.
  Tag encrypt(const Nonce& nonce, BytesView context, BytesView clear, std::byte* out) const;
  /// False where anything of the message was changed, or it was made under another key; `out` is then void.
  [[nodiscard]] bool decrypt(const Nonce& nonce, BytesView context, BytesView encrypted, const Tag& tag,
                             std::byte* out) const;
  /// The HMAC of the parts one after another, under a key that derives from this one.
  [[nodiscard]] Code code(std::initializer_list<BytesView> parts) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Bytes that nobody can guess, by the system. Throws std::runtime_error where the system gives none.
void fill_at_random(std::span<std::byte> bytes);
KeyBytes random_key();

/// Overwrites, so that the compiler leaves it in.
void wipe(std::span<std::byte> bytes);

}  // namespace eventstore::security
