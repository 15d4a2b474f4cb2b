#pragma once
// The defaults that fields had when they were first locked. To a derived id, such a value is the same as none.
#include <eventstore/schema/lock_file.hpp>
#include <span>
#include <string>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The value of `type` that es::first_default(`text`) means. Errors: as json_to_bytes.
Result<Bytes> read_first_default(const Type& type, std::string_view text);

/// Whether a field of `type`, at any depth, had another default when it was first locked.
[[nodiscard]] bool has_other_first_defaults(const Type& type);

/// The first defaults of `type` as a JSON object, by the path of each field in its oldest names:
/// {"limit":500,"size.round":false}. A field inside a list, a set, an array or a map has a path such as
/// "items[].count".
[[nodiscard]] std::string first_defaults_json(const Type& type);

/// A sentence for each field of `current` whose default differs from the one that the first of `entries` with this
/// field recorded, and for each first_default that is no value of its field: it names the field and says what to write.
[[nodiscard]] std::vector<std::string> ask_first_defaults(std::span<const LockEntry> entries, const Schema& current);

}  // namespace v1
}  // namespace eventstore
