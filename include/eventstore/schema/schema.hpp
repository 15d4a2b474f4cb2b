#pragma once
// A named record type with its identity: the shape of one event type, command, state or document.
#include <eventstore/core/result.hpp>
#include <eventstore/log/event.hpp>
#include <eventstore/schema/type.hpp>

namespace eventstore {
inline namespace v1 {

/// Threads: immutable after construction.
struct Schema {
  std::string name;  ///< the stored name: "DeliveryScheduled"
  Type type;         ///< a record
  std::string
      descriptor;  ///< canonical text of name and type, without defaults: docs/reference/file-format.md, "Descriptors"
  SchemaId id;     ///< digest of the descriptor
  bool has_encrypted = false;  ///< has personal fields or secrets, at any depth

  /// Computes descriptor and id.
  static Schema of(std::string name, Type type);
  /// The id of the schema with this descriptor, whether or not this build can read it.
  static SchemaId id_of(std::string_view descriptor);
  /// Reads a descriptor back. Errors: corrupt_record, saying where the text stops making sense.
  static Result<Schema> parse(std::string_view descriptor);

  [[nodiscard]] SchemaRecord record() const { return {id, as_bytes(descriptor)}; }
  /// The canonical text of the type: the descriptor without the name.
  [[nodiscard]] std::string_view record_text() const { return std::string_view{descriptor}.substr(name.size()); }
};

/// Whether values of `type` have personal fields or secrets, at any depth.
[[nodiscard]] bool has_encrypted_values(const Type& type);

/// The canonical text of `type`: "{customer_id:text,longitude:float64?,priority:enum(low|normal)}".
[[nodiscard]] std::string canonical_text(const Type& type);

/// The same with defaults and earlier names marked: see type_text.hpp.
[[nodiscard]] std::string annotated_text(const Type& type);

}  // namespace v1
}  // namespace eventstore
