#pragma once
// Private to the use cases: bytes as hexadecimal digits.
#include <eventstore/core/bytes.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace eventstore::app {

/// Two lower-case digits for each byte.
std::string hexadecimal(BytesView bytes);

/// Absent if the text has another form.
std::optional<Bytes> parse_hexadecimal(std::string_view text);

}  // namespace eventstore::app
