#pragma once
// What differs between two values of one described struct, such as an aggregate's state before and after an event.
#include <eventstore/schema/detail/change_walk.hpp>

namespace eventstore {
inline namespace v1 {

/// The fields that differ, in the order of the description. The form is that of docs/reference/changes.md: records and
/// maps are entered, so that a changed entry of a large map is shown alone; of a list, the equal beginning and the
/// equal end are left out; a field marked `bookkeeping` is left out, unless `fields` asks for it. Throws
/// std::bad_alloc. Cost: the fields, and what changed: parts that es::Map and es::List share are passed by, standard
/// containers are compared whole.
template <Described T>
[[nodiscard]] Changes changes_between(const T& before, const T& after, ChangedFields fields = ChangedFields::told) {
  Changes changes;
  detail::ChangeWriter to{changes, fields};
  detail::record_changes(to, schema_of<T>().type, before, after);
  to.finish();
  return changes;
}

/// The changes from nothing: `before` is {}, `after` has every field of `value` that has a value. A field has none
/// where it is empty, or a time or an id that was never set, as in T{}.
template <Described T>
[[nodiscard]] Changes changes_from_nothing(const T& value, ChangedFields fields = ChangedFields::told) {
  Changes changes;
  detail::ChangeWriter to{changes, fields};
  detail::first_values(to, schema_of<T>().type, value, T{});
  to.finish();
  return changes;
}

enum class ChangeDirection : std::uint8_t { forward, backward };

/// The JSON of a value of `type` after `changes` (or before them, backward), made from its JSON `value` before them (or
/// after). To go forward from nothing, `value` is the JSON of T{}; the way back from the first change is {}. Fields
/// marked `bookkeeping` that are not in `changes` stay as they are in `value`. Errors: invalid_argument where a text is
/// no JSON object, or `changes` do not belong to `value`. Cost: linear in the texts.
Result<std::string> apply_changes(const Type& type, std::string_view value, const Changes& changes,
                                  ChangeDirection direction = ChangeDirection::forward);

}  // namespace v1
}  // namespace eventstore
