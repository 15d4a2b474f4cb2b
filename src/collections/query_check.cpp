#include <eventstore/collections/detail/text_search.hpp>
#include "queried_field.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <cmath>

namespace eventstore {
inline namespace v1 {
namespace {

constexpr std::size_t limit_max = 1'000'000;

tl::unexpected<Error> refused(const CollectionShape& shape, std::string_view field, std::string why) {
  return failure(Errc::invalid_argument, "query " + shape.name, std::string{field}, std::move(why));
}

bool has_index(const CollectionShape& shape, Index::Kind kind, std::string_view field) {
  return std::any_of(shape.indexes.begin(), shape.indexes.end(),
                     [&](const Index& index) { return index.kind == kind && index.fields.front() == field; });
}

bool is_number(const QueriedField& field) {
  return field.type != nullptr &&
         (is_whole(field.type->kind) || field.has_kind(Kind::float32) || field.has_kind(Kind::float64));
}

bool is_scalar(const QueriedField& field) {
  if (field.type == nullptr || is_number(field)) return true;
  switch (field.type->kind) {
    case Kind::boolean:
    case Kind::text:
    case Kind::uuid:
    case Kind::timestamp:
    case Kind::enumeration: return true;
    default: return false;
  }
}

// A time within a nested record is text that does not sort; free data has values of several kinds.
bool is_ordered(const QueriedField& field) {
  if (field.is_free() || !is_scalar(field)) return false;
  return field.path.empty() || !field.has_kind(Kind::timestamp);
}

Result<void> check_limit(const CollectionShape& shape, std::size_t limit) {
  if (limit < 1 || limit > limit_max) return refused(shape, "limit", fmt::format("expected 1 to {}", limit_max));
  return {};
}

Result<void> take_values(const QueriedField& field, Condition& condition) {
  if (condition.kind != Condition::Kind::any_of && condition.values.size() != 1)
    return failure(Errc::invalid_argument, "query", condition.field, "the condition needs one value");
  for (auto& value : condition.values) {
    EVENTSTORE_TRY_ASSIGN(value, comparable(field, condition.field, value));
  }
  return {};
}

Result<void> check_words(const CollectionShape& shape, const Condition& condition) {
  if (!has_index(shape, Index::Kind::full_text, condition.field))
    return refused(shape, condition.field, "only a field with a full_text index can be searched for words");
  const auto* const text = condition.values.size() == 1 ? std::get_if<std::string>(&condition.values.front()) : nullptr;
  if (text == nullptr) return refused(shape, condition.field, "expected a text to search for");
  EVENTSTORE_TRY(TextSearch::parse(*text));
  return {};
}

Result<void> check_element(const CollectionShape& shape, const QueriedField& field, Condition& condition) {
  if (!field.has_kind(Kind::list) && !field.has_kind(Kind::set))
    return refused(shape, condition.field, "only a list contains values");
  QueriedField element = field;
  element.type = &field.type->element();
  if (element.has_kind(Kind::timestamp) || !is_scalar(element))
    return refused(shape, condition.field, "the list's elements are not numbers or text");
  return take_values(element, condition);
}

Result<void> check_condition(const CollectionShape& shape, Condition& condition) {
  using enum Condition::Kind;
  EVENTSTORE_TRY_ASSIGN(const QueriedField field, queried_field(shape, condition.field));
  switch (condition.kind) {
    case empty:
    case not_empty: return {};
    case words: return check_words(shape, condition);
    case contains: return check_element(shape, field, condition);
    case equal:
    case any_of:
      if (!is_scalar(field)) return refused(shape, condition.field, "only a field with a single value can be compared");
      return take_values(field, condition);
    default:
      if (!is_ordered(field)) return refused(shape, condition.field, "the field's values have no order");
      return take_values(field, condition);
  }
}

Result<void> check_key(const CollectionShape& shape, const GroupKey& key) {
  EVENTSTORE_TRY_ASSIGN(const QueriedField field, queried_field(shape, key.field));
  if (key.period && (!field.has_kind(Kind::timestamp) || !field.path.empty()))
    return refused(shape, key.field, "only a time of the document itself has periods");
  if (!is_scalar(field)) return refused(shape, key.field, "documents are grouped by a field that is a single value");
  return {};
}

}  // namespace

Result<Conditions> checked(const CollectionShape& shape, Conditions where) {
  for (auto& condition : where) EVENTSTORE_TRY(check_condition(shape, condition));
  return where;
}

Result<DocumentQuery> checked(const CollectionShape& shape, DocumentQuery query) {
  EVENTSTORE_TRY(check_limit(shape, query.limit));
  EVENTSTORE_TRY_ASSIGN(query.where, checked(shape, std::move(query.where)));
  if (query.after && query.after->values.size() != query.order.by.size())
    return refused(shape, "cursor", "not a cursor of this order");
  for (std::size_t i = 0; i < query.order.by.size(); ++i) {
    const auto& name = query.order.by[i];
    EVENTSTORE_TRY_ASSIGN(const QueriedField field, queried_field(shape, name));
    if (!is_ordered(field)) return refused(shape, name, "the field's values have no order");
    if (!query.after || std::holds_alternative<std::monostate>(query.after->values[i])) continue;
    EVENTSTORE_TRY_ASSIGN(query.after->values[i], comparable(field, name, query.after->values[i]));
  }
  return query;
}

Result<GroupQuery> checked(const CollectionShape& shape, GroupQuery query) {
  EVENTSTORE_TRY_ASSIGN(query.where, checked(shape, std::move(query.where)));
  for (const auto& key : query.by) EVENTSTORE_TRY(check_key(shape, key));
  for (const auto& name : query.of) {
    EVENTSTORE_TRY_ASSIGN(const QueriedField field, queried_field(shape, name));
    if (!is_number(field)) return refused(shape, name, "only a field that is a number can be summed");
  }
  if (!query.after) return query;
  if (query.by.empty()) return refused(shape, "after", "there is no key that a group could come after");
  if (query.by.front().period) {
    if (!std::holds_alternative<std::string>(*query.after)) return refused(shape, "after", "expected a period's name");
    return query;
  }
  EVENTSTORE_TRY_ASSIGN(const QueriedField first, queried_field(shape, query.by.front().field));
  EVENTSTORE_TRY_ASSIGN(*query.after, comparable(first, query.by.front().field, *query.after));
  return query;
}

Result<NearQuery> checked(const CollectionShape& shape, NearQuery query) {
  EVENTSTORE_TRY(check_limit(shape, query.limit));
  if (!has_index(shape, Index::Kind::location, query.field))
    return refused(shape, query.field, "only a field with a location index can be searched for places");
  if (!(std::abs(query.longitude) <= 180)) return refused(shape, "longitude", "expected -180 to 180 degrees");
  if (!(std::abs(query.latitude) <= 90)) return refused(shape, "latitude", "expected -90 to 90 degrees");
  if (!(query.radius_meters >= 0)) return refused(shape, "radius_meters", "expected 0 or more");
  EVENTSTORE_TRY_ASSIGN(query.where, checked(shape, std::move(query.where)));
  return query;
}

}  // namespace v1
}  // namespace eventstore
