#pragma once
// Bytes as text, in the form that lines have them.
#include <eventstore/core/bytes.hpp>
#include <string>
#include <string_view>

namespace eventstore::security {

/// Empty where `text` is no base64.
[[nodiscard]] Bytes from_base64(std::string_view text);

[[nodiscard]] std::string to_base64(BytesView bytes);

}  // namespace eventstore::security
