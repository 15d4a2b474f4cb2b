#pragma once
// Pieces of JSON text, appended to a string.
#include <cstdint>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// Appends `text` as a JSON string with its quotes.
void append_json_string(std::string& out, std::string_view text);

/// Appends `value` in the shortest form that reads back as the same double, with ".0" where it is whole.
/// Infinities and NaN, which JSON does not have, become null.
void append_json_number(std::string& out, double value);
void append_json_number(std::string& out, std::int64_t value);
void append_json_number(std::string& out, std::uint64_t value);

/// Appends `bytes` as a JSON string in base64.
void append_json_bytes(std::string& out, std::string_view bytes);

}  // namespace v1
}  // namespace eventstore
