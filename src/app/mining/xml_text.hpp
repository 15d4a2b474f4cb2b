#pragma once
// Private to the exports: text as XML has it.
#include <cstdint>
#include <string>
#include <string_view>

namespace eventstore::app {

/// Appends `text` as the value of an attribute in double quotes, so that a reader gets the same text, ends of lines
/// too. What XML 1.0 has no form for becomes U+FFFD: control characters, U+FFFE, U+FFFF, and bytes that are not UTF-8.
/// Gives the number of these.
std::uint64_t append_xml_value(std::string& out, std::string_view text);

/// `name` as an xs:Name without a colon, which separates the prefixes of XES: other characters become '_'.
std::string xml_name(std::string_view name);

}  // namespace eventstore::app
