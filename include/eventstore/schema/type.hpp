#pragma once
// The shape of a value as data. The log records it, and JSON and SQL are made from it without the C++ struct.
#include <cstdint>
#include <eventstore/core/bytes.hpp>
#include <eventstore/schema/attributes.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// The kinds of values. Bytes of each kind: docs/reference/file-format.md, "Payloads".
enum class Kind : std::uint8_t {
  boolean,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float32,
  float64,
  text,
  bytes,
  uuid,
  timestamp,
  json,  ///< free data: any JSON, at most 64 KiB of text
  optional,
  list,
  map,  ///< keys are text
  record,
  enumeration,  ///< stored as the enumerator's name
  // Durations: a signed number of 64 bits, of the unit that the kind names.
  nanoseconds,
  microseconds,
  milliseconds,
  seconds,
  minutes,
  hours,
  days,
  array,        ///< as many elements as the type says
  set,          ///< elements in order, each once
  variant,      ///< one of several records, stored with its name
  secret_text,  ///< shown by nothing
};

struct Field;

/// A kind and its parts.
struct Type {
  Kind kind;
  std::vector<Type> of;                  ///< the element of an optional, a list, an array, a set or a map (its values)
  std::vector<Field> fields;             ///< of a record, in the order of their bytes; the alternatives of a variant
  std::vector<std::string> enumerators;  ///< of an enumeration
  std::uint32_t count = 0;               ///< the elements of an array

  explicit Type(Kind its_kind);
  Type(Kind its_kind, Type element_type);
  Type(const Type&);
  Type(Type&&) noexcept;
  Type& operator=(const Type&);
  Type& operator=(Type&&) noexcept;
  ~Type();

  [[nodiscard]] const Type& element() const { return of.front(); }
  /// The field of that name in a record, also by a name it had before; null where there is none.
  [[nodiscard]] const Field* field(std::string_view name) const;
};

/// One member of a record.
struct Field {
  std::string name;
  Type type;
  Attributes attributes{};
  /// The bytes of the value that stands in for a missing one; absent: the field is required (unless optional).
  /// Not part of the schema's identity.
  std::optional<Bytes> default_value{};
  /// The bytes of the value that is the same as none to a derived id: the default when the field was first locked.
  /// Absent: there was none, and only an empty optional is the same as none.
  std::optional<Bytes> first_default{};
};

/// "text", "optional<int64>", "record": for messages.
[[nodiscard]] std::string describe(const Type& type);

/// The member of a variant's JSON that names its alternative: {"kind":"Card","number":"…"}.
inline constexpr std::string_view alternative_member = "kind";

/// The largest number of elements of an array.
inline constexpr std::uint32_t array_elements_max = 65'535;

/// Whether a value of `type` may have no bytes at all: then bytes could not tell the number of such values.
[[nodiscard]] bool may_take_no_bytes(const Type& type);

/// Whether a set may have elements of this kind: text, whole numbers, booleans, UUIDs, times, durations and
/// enumerations, whose order is the same for code and for bytes.
[[nodiscard]] constexpr bool may_be_in_a_set(Kind kind) {
  return (kind <= Kind::text && kind != Kind::float32 && kind != Kind::float64) || kind == Kind::uuid ||
         kind == Kind::timestamp || (kind >= Kind::enumeration && kind <= Kind::days);
}

}  // namespace v1
}  // namespace eventstore
