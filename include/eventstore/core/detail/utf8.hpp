#pragma once
// Whether text is well-formed UTF-8, and whether it is printable.
#include <string_view>

namespace eventstore {
inline namespace v1 {

/// Well-formed as RFC 3629 has it: shortest form, no surrogates, at most U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text);

/// is_utf8, without control characters (C0, DEL, C1), line and paragraph separators.
[[nodiscard]] bool is_printable_utf8(std::string_view text);

}  // namespace v1
}  // namespace eventstore
