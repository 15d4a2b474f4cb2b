#pragma once
// Private to the faces: answers about other histories, laid out for a person.
#include <string>

namespace eventstore::terminal {

/// The answer of `what-if`, a JSON object: both histories, where the states part and how they end. Without a last line
/// end. Control characters become visible.
std::string what_if_text(const std::string& answer, bool coloured);

/// A document that differs, a JSON object with `document`, `organization_id`, `would_be` or `change`, and `changes`: a
/// line, and below it one for each change.
std::string document_text(const std::string& document, bool coloured);

/// "deliveries: 1 changed, 3 same", of a JSON object with `collection` or `projection` and the numbers; or its `error`.
std::string counts_text(const std::string& counts);

}  // namespace eventstore::terminal
