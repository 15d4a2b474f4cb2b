#pragma once
// Private to core: the digest of name-based UUIDs.
#include <array>
#include <cstdint>
#include <eventstore/core/bytes.hpp>

namespace eventstore {
inline namespace v1 {

using Sha1 = std::array<std::uint8_t, 20>;

/// SHA-1 (RFC 3174) of `first` and `second`, one behind the other. Threads: any.
Sha1 sha1_of(BytesView first, BytesView second);

/// The same in eight times as long, and without memory: for where OpenSSL has none, or no SHA-1.
Sha1 sha1_without_openssl(BytesView first, BytesView second);

}  // namespace v1
}  // namespace eventstore
