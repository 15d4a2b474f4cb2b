#pragma once
// Private to the faces: JSON objects as a table for a person.
#include <string>
#include <vector>

namespace eventstore::terminal {

/// Lays out `objects`, one JSON object each, in columns as wide as they need and as `width` characters allow: text and
/// JSON are broken before a path, a name or an id is. Columns stand in the order of the objects' members; one that only
/// a later object has comes behind the one before it there. One object alone is laid out as a list of its fields.
std::string table_of(const std::vector<std::string>& objects, std::size_t width);

}  // namespace eventstore::terminal
