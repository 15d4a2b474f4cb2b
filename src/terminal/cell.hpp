#pragma once
// Private to the faces: one JSON value as text for a person.
#include <eventstore/schema/json_document.hpp>
#include <string>
#include <vector>

namespace eventstore::terminal {

/// Text as it is, other values as compact JSON; {"before": …, "after": …} as "field: old → new; …".
/// Control characters become blanks, so that nothing stored can steer a terminal.
std::string cell_text(JsonNode value);

/// An object as lines "name  value", nested ones indented.
std::string outline_of(JsonNode object);

/// Characters, not bytes.
std::size_t width_of(const std::string& text);

/// `text`, filled with blanks to `width` characters.
std::string padded(const std::string& text, std::size_t width);

/// `text` in pieces of at most `width` characters, parted at blanks where there are any.
std::vector<std::string> wrapped(const std::string& text, std::size_t width);

}  // namespace eventstore::terminal
