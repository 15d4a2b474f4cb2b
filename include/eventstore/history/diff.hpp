#pragma once
// What differs between two states of one aggregate: field by field, entry by entry, element by element; and the same as
// JSON Patch.
#include <eventstore/history/state_path.hpp>
#include <eventstore/schema/changes.hpp>
#include <eventstore/schema/enum.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

EVENTSTORE_ENUM(DifferenceKind, added, removed, changed);

/// One place where two states differ, with its JSON on both sides; a side that lacks it has an empty text.
struct StateDifference {
  DifferenceKind kind = DifferenceKind::changed;
  StatePath path{};
  std::string before{};
  std::string after{};
};

/// The differences between the JSON of two values of the record `type`, such as state_json gives. Records and maps are
/// entered, so that what is equal in them is passed by. Elements of lists are told apart by what they hold: equal
/// ones are passed by also where they have moved, and one that changed in its place is entered. A set, an array, a
/// variant, free data and bytes differ as a whole. Fields marked `bookkeeping` count like others.
/// Order: that of the description, and of keys. In a list what was removed stands first, from its end to its
/// beginning and with places in the old list; then what was added or changed, with places in the new one. So one
/// difference after another makes `after` of `before`. Errors: invalid_argument, where a text is no JSON object;
/// out_of_memory. Cost: linear in the texts; for a list, the product of what is left on both sides between its equal
/// ends, up to a million, beyond which elements are compared place by place.
Result<std::vector<StateDifference>> differences_between(const Type& type, std::string_view before,
                                                         std::string_view after);

/// The differences that `changes` tell of, of a value of the record `type`: without fields marked `bookkeeping`, and
/// otherwise as above. Changes from nothing give each field that has a value. Errors: as above. Cost: as above, of the
/// changes alone.
Result<std::vector<StateDifference>> differences_of(const Type& type, const Changes& changes);

/// A JSON Patch (RFC 6902) that makes the `after` of `differences` of their `before`: add, remove and replace.
/// Throws std::bad_alloc.
[[nodiscard]] std::string json_patch(const std::vector<StateDifference>& differences);

}  // namespace v1
}  // namespace eventstore
