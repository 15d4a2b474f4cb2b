#pragma once
// Private to the faces: one JSON value as text for a person.
#include <eventstore/schema/json_document.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore::terminal {

/// `text` with all of it to be seen, so that nothing stored can steer a terminal, and with times as a person reads
/// them: 2026-01-28 08:15:00Z for 2026-01-28T08:15:00.000000Z, which is the same moment in the same RFC.
std::string shown(std::string_view text);

/// Text as it is, other values as compact JSON; {"before": …, "after": …} as "field: old → new; …".
/// Both as shown() has them.
std::string cell_text(JsonNode value);

/// An object as lines "name  value", nested ones indented.
std::string outline_of(JsonNode object);

/// Characters, not bytes.
std::size_t width_of(const std::string& text);

/// `text`, filled with blanks to `width` characters.
std::string padded(const std::string& text, std::size_t width);

/// The characters of the longest piece of `text` without a blank.
std::size_t longest_word(const std::string& text);

/// `text` in pieces of at most `width` characters, parted where there is a blank, which goes, or a comma between parts
/// of JSON.
std::vector<std::string> wrapped(const std::string& text, std::size_t width);

}  // namespace eventstore::terminal
