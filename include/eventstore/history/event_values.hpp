#pragma once
// The values in an event's data or in a state, one by one, each with its place and its kind: what other programs'
// formats are made from.
#include <eventstore/core/function_ref.hpp>
#include <eventstore/schema/json_document.hpp>
#include <eventstore/schema/schema_reader.hpp>
#include <string>
#include <string_view>

namespace eventstore {
inline namespace v1 {

enum class ValueKind : std::uint8_t {
  none,  ///< null
  boolean,
  integer,  ///< one of 64 bits, with a sign
  decimal,  ///< a float64
  number,   ///< a number that is neither: JsonNode::number_text
  time,     ///< RFC 3339 in UTC, with six digits of a second
  id,       ///< a UUID
  text,
  nested,  ///< a list, a map, a set, or an object of free data
};

/// Lifetime: the visit's.
struct DataValue {
  ValueKind kind = ValueKind::none;
  JsonNode node{};
};

/// Called with each value and its place, like "package_details.weight". Errors: end the visit with them.
using OnValue = FunctionRef<Result<void>(std::string_view place, const DataValue& value)>;

/// Visits the values of `data`. `type` is the record whose JSON it is, and null where no schema describes it: then its
/// members are visited. Records and variants within are entered. Where one is missing, each of its values is visited as
/// `none`, and so are all values that alternatives of a variant have, before those that are there. Lists, maps, and
/// free data are visited whole. JSON that is no object has no values. Errors: those of `on_value`.
Result<void> each_value(const Type* type, JsonNode data, OnValue on_value);

/// The kind of one value, without its type.
[[nodiscard]] ValueKind kind_of(JsonNode node);

/// Reads the data of events by their recorded schemas alone. Memory is used again. Threads: one at a time.
class EventData {
 public:
  /// `schemas` outlives it.
  explicit EventData(const SchemaReader& schemas) : schemas_{schemas} {}

  /// The data of `event` as JSON. Lifetime: until the next one is read. Errors: as SchemaReader::data_to_json.
  Result<JsonNode> read(const RecordedEvent& event);
  /// The record of the event that was read last; null where it has no schema.
  [[nodiscard]] const Type* type() const { return type_; }

 private:
  const SchemaReader& schemas_;
  JsonDocument document_;
  std::string json_;
  const Type* type_ = nullptr;
};

}  // namespace v1
}  // namespace eventstore
