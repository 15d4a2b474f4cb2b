#pragma once
// Private to core: UUIDs of version 5 (RFC 9562), in two ways.
#include <eventstore/core/uuid.hpp>
#include <optional>

namespace eventstore {
inline namespace v1 {

/// By OpenSSL, which uses the processor's own instructions. Nothing where it has no memory, or no SHA-1. Threads: any.
std::optional<Uuid> name_based_by_openssl(const Uuid& name_space, BytesView name);

/// In eight times as long, and always. Threads: any.
Uuid name_based_by_boost(const Uuid& name_space, BytesView name);

}  // namespace v1
}  // namespace eventstore
