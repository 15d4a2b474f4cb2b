#pragma once
// The place of a value within a state: `status`, `contacts["c-1"]`, `tracking_events[3].location.latitude`.
#include <cstddef>
#include <cstdint>
#include <eventstore/core/result.hpp>
#include <eventstore/schema/type.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// One step into a value: a field of a record, an entry of a map, or an element of a list.
struct PathStep {
  enum class Kind : std::uint8_t { field, key, element };

  Kind kind = Kind::field;
  std::string name{};     ///< of the field, or the entry's key
  std::size_t index = 0;  ///< of the element, from 0

  static PathStep field(std::string_view name) { return {Kind::field, std::string{name}}; }
  static PathStep key(std::string_view key) { return {Kind::key, std::string{key}}; }
  static PathStep element(std::size_t index) { return {Kind::element, {}, index}; }

  friend bool operator==(const PathStep&, const PathStep&) = default;
};

/// The steps from the whole state; none is the state itself.
struct StatePath {
  std::vector<PathStep> steps{};

  /// As people write it: fields are joined by points, keys are JSON strings in brackets, elements numbers in brackets.
  [[nodiscard]] std::string text() const;
  /// As RFC 6901 has it: /tracking_events/3/location/latitude.
  [[nodiscard]] std::string pointer() const;

  /// Reads text() within a value of type `state`, spelled as a DataPath; an entry of a map may also be written like a
  /// field, `contacts.c1`.
  /// Whether the entry or the element is there is not asked. Errors: invalid_argument, naming the first part that the
  /// type does not have, with what it has there.
  static Result<StatePath> parse(const Type& state, std::string_view text);

  friend bool operator==(const StatePath&, const StatePath&) = default;
};

/// A field of a record as JSON has it.
struct PathField {
  const Field* field;
  bool is_bookkeeping;
};

/// The fields of a record as its JSON has them: those of flattened records stand among the others. Lifetime: the
/// type's.
[[nodiscard]] std::vector<PathField> json_fields(const Type& record);

/// `type`, or what it holds where it is an optional.
[[nodiscard]] const Type& without_optionals(const Type& type);

}  // namespace v1
}  // namespace eventstore
