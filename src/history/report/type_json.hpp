#pragma once
// Private to the report: the type of a state as JSON, so that the page can apply changes as apply_changes does.
#include <eventstore/schema/type.hpp>
#include <string>

namespace eventstore {
inline namespace v1 {

/// Appends {"kind":"record","fields":{"status":{"kind":"text"}, …}}. Flattened fields stand among those of the
/// enclosing record, as in the JSON of a state. An optional is its element with "optional":true. Lists and maps have
/// "element".
void append_type_json(const Type& type, std::string& out);

}  // namespace v1
}  // namespace eventstore
