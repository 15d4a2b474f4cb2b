#pragma once
// Private to the layer: keys under the master key, as a key store keeps them.
#include <eventstore/core/uuid.hpp>
#include <eventstore/security/master_key.hpp>
#include <eventstore/security/subject.hpp>
#include <new>
#include <optional>
#include <stdexcept>

#include "crypto.hpp"

namespace eventstore::security {

/// A nonce, the encrypted key and the tag of AES-256-GCM.
using WrappedKey = std::array<std::byte, 12 + 32 + 16>;

/// What a wrapped key is for, authenticated with it, so that none passes for another: the log, the key's id and its
/// subject. The keys of the store itself have a label in the place of these.
Bytes use_of(const Uuid& log_id, const Uuid& key_id, const Subject& subject);
Bytes use_of(const Uuid& log_id, std::string_view label);

/// Wraps under a random nonce: fewer than 2^32 times in the life of one master key. Throws std::runtime_error where the
/// system gives no random numbers.
WrappedKey wrap(const Cipher& master, BytesView use, const KeyBytes& key);

/// Absent: it was wrapped by another master key or for another use, or it is damaged.
std::optional<KeyBytes> unwrap(const Cipher& master, BytesView use, BytesView wrapped);

/// An id that tells nothing, not even when it was made.
Uuid random_id();

/// What `make` gives, which needs random numbers or memory. Errors: io_failed, out_of_memory, where there are none.
template <class Make> auto guarded(const char* during, Make make) -> decltype(make()) {
  try {
    return make();
  } catch (const std::runtime_error& error) {
    return failure(Errc::io_failed, during, "", error.what());
  } catch (const std::bad_alloc&) {
    return failure(Errc::out_of_memory, during, "");
  }
}

/// Errors: invalid_argument, where the id or the organization of a subject is too long, or the id is empty.
Result<void> check(const Subject& subject);

}  // namespace eventstore::security
