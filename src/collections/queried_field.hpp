#pragma once
// For engines: finds the fields and values of a question in a collection's shape. Engines compile checked questions.
#include <eventstore/collections/query.hpp>
#include <eventstore/collections/shape.hpp>

namespace eventstore {
inline namespace v1 {

/// A field that a question names. Lifetime: the shape's.
struct QueriedField {
  const Column* column = nullptr;  ///< null: `_id`
  std::string path{};              ///< below the column, parts joined by dots; empty: the column itself
  const Type* type = nullptr;  ///< of the value, without its optional; null: `_id`, or whatever free data holds there
  bool nullable = false;       ///< a document may have no value

  [[nodiscard]] bool is_id() const { return column == nullptr; }
  [[nodiscard]] bool is_free() const { return column != nullptr && type == nullptr; }
  [[nodiscard]] bool has_kind(Kind kind) const { return type != nullptr && type->kind == kind; }
};

/// Errors: invalid_argument, naming the existing fields.
Result<QueriedField> queried_field(const CollectionShape& shape, std::string_view field);

/// `value` in the form in which values of the field are compared: bool, int64, double, text or Timestamp. For a field
/// that is a time, a text becomes a time. Errors: invalid_argument.
Result<QueryValue> comparable(const QueriedField& field, std::string_view name, const QueryValue& value);

/// The question with comparable values, its conditions, limits and indexes checked. Errors: invalid_argument.
Result<Conditions> checked(const CollectionShape& shape, Conditions where);
Result<DocumentQuery> checked(const CollectionShape& shape, DocumentQuery query);
Result<GroupQuery> checked(const CollectionShape& shape, GroupQuery query);
Result<NearQuery> checked(const CollectionShape& shape, NearQuery query);

/// Whether values of that kind are whole numbers.
bool is_whole(Kind kind);

/// The place of an enumerator in its declaration; the number of enumerators if there is none of that name.
std::size_t rank_of(const Type& enumeration, std::string_view enumerator);

/// "2026-01-27T10", "2026-01-27", the Monday of the week, "2026-01".
std::string period_name(Timestamp time, Period period);

/// The distance between two points of the earth, taken as a ball like MongoDB does.
double distance_meters(double from_longitude, double from_latitude, double to_longitude, double to_latitude);
inline constexpr double earth_radius_meters = 6'378'100;

}  // namespace v1
}  // namespace eventstore
