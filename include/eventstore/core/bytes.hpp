#pragma once
// Raw bytes, owned and viewed, and the way between bytes and text.
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

using Bytes = std::vector<std::byte>;
using BytesView = std::span<const std::byte>;

/// The bytes of `text`. Lifetime: as long as what `text` points to.
inline BytesView as_bytes(std::string_view text) { return std::as_bytes(std::span{text.data(), text.size()}); }

/// `bytes` seen as text; nothing is checked. Lifetime: as long as what `bytes` points to.
inline std::string_view as_text(BytesView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

}  // namespace v1
}  // namespace eventstore
