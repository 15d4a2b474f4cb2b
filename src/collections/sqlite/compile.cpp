#include "compile.hpp"

#include "conditions.hpp"
#include "connection.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace eventstore::engine::sqlite {
namespace {

struct OrderedField {
  QueriedField field;
  std::string expression;
};

std::vector<OrderedField> fields_of(const CollectionShape& shape, const Order& order) {
  std::vector<OrderedField> fields;
  for (const auto& name : order.by) {
    const auto field = known_field(shape, name);
    fields.push_back({field, ordered_expression(shape, field)});
  }
  return fields;
}

// (a, b, _id) < (?, ?, ?): SQLite looks the first of them up in an index.
void append_after_row(const std::vector<OrderedField>& fields, const Cursor& after, std::string_view sign, Sql& sql) {
  sql.text += " AND (";
  for (std::size_t i = 0; i < fields.size(); ++i) sql.text += (i == 0 ? "" : ", ") + fields[i].expression;
  if (!after.id.empty()) sql.text += fields.empty() ? "_id" : ", _id";
  sql.text += fmt::format(") {} (", sign);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i != 0) sql.text += ", ";
    sql.add_value(ordered(fields[i].field, after.values[i]));
  }
  if (!after.id.empty()) {
    if (!fields.empty()) sql.text += ", ";
    sql.add_value(after.id);
  }
  sql.text += ')';
}

// The same, field by field, where a document may have no value: such come last in descending order.
void append_after_each(const std::vector<OrderedField>& fields, const Cursor& after, bool descending, Sql& sql) {
  std::string same;
  sql.text += " AND (0";
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto& name = fields[i].expression;
    const auto value = ordered(fields[i].field, after.values[i]);
    const bool has_value = !std::holds_alternative<std::nullptr_t>(value);
    if (has_value || !descending) {
      sql.text += fmt::format(" OR ({}{}", same, name);
      if (has_value) {
        sql.text += descending ? " < " : " > ";
        sql.add_value(value);
        if (descending) sql.text += fmt::format(" OR {}{} IS NULL", same, name);
      } else {
        sql.text += " IS NOT NULL";
      }
      sql.text += ')';
    }
    sql.values.push_back(value);
    same += fmt::format("{} IS ?{} AND ", name, sql.values.size());
  }
  if (!after.id.empty()) {
    sql.text += fmt::format(" OR ({}_id {} ", same, descending ? '<' : '>');
    sql.add_value(after.id);
    sql.text += ')';
  }
  sql.text += ')';
}

void append_after(const std::vector<OrderedField>& fields, const Cursor& after, bool descending, Sql& sql) {
  if (fields.empty() && after.id.empty()) return;
  if (std::any_of(fields.begin(), fields.end(), [](const OrderedField& each) { return each.field.nullable; }))
    append_after_each(fields, after, descending, sql);
  else
    append_after_row(fields, after, descending ? "<" : ">", sql);
}

std::string key_expression(const CollectionShape& shape, const GroupKey& key) {
  const auto value = expression(known_field(shape, key.field));
  if (!key.period) return value;
  switch (*key.period) {
    case Period::hour: return fmt::format("substr({}, 1, 13)", value);
    case Period::day: return fmt::format("substr({}, 1, 10)", value);
    case Period::week: return fmt::format("date(substr({}, 1, 10), 'weekday 0', '-6 days')", value);
    case Period::month: return fmt::format("substr({}, 1, 7)", value);
  }
  return value;
}

std::string key_order(const CollectionShape& shape, const GroupKey& key) {
  return key.period ? key_expression(shape, key) : ordered_expression(shape, known_field(shape, key.field));
}

}  // namespace

Sql compile(const CollectionShape& shape, std::string_view organization, const DocumentQuery& query) {
  const auto fields = fields_of(shape, query.order);
  const auto* const direction = query.order.descending ? " DESC" : "";
  Sql sql{select_document(shape)};
  for (const auto& name : query.order.by) sql.text += ", " + expression(known_field(shape, name));
  sql.text += " FROM " + quoted(shape.name);
  append_where(shape, organization, query.where, sql);
  if (query.after) append_after(fields, *query.after, query.order.descending, sql);
  sql.text += " ORDER BY ";
  for (const auto& each : fields) sql.text += each.expression + direction + ", ";
  // One more than the page holds tells whether there is a next one.
  sql.text += fmt::format("_id{} LIMIT {}", direction, query.limit + 1);
  return sql;
}

Sql compile_count(const CollectionShape& shape, std::string_view organization, const Conditions& where) {
  Sql sql{"SELECT count(*) FROM " + quoted(shape.name)};
  append_where(shape, organization, where, sql);
  return sql;
}

Sql compile(const CollectionShape& shape, std::string_view organization, const GroupQuery& query) {
  Sql sql{"SELECT "};
  std::string keys;
  std::string order;
  for (const auto& key : query.by) {
    sql.text += key_expression(shape, key) + ", ";
    keys += (keys.empty() ? "" : ", ") + key_expression(shape, key);
    order += (order.empty() ? "" : ", ") + key_order(shape, key);
  }
  sql.text += "count(*)";
  for (const auto& name : query.of) {
    const auto value = expression(known_field(shape, name));
    sql.text += fmt::format(", total({0}), count({0}), min({0}), max({0})", value);
  }
  sql.text += " FROM " + quoted(shape.name);
  append_where(shape, organization, query.where, sql);
  if (query.after) {
    const auto& first = query.by.front();
    const auto field = known_field(shape, first.field);
    sql.text += fmt::format(" AND {} > ", key_order(shape, first));
    sql.add_value(first.period ? SqlValue{std::get<std::string>(*query.after)} : ordered(field, *query.after));
  }
  if (!keys.empty()) sql.text += " GROUP BY " + keys + " ORDER BY " + order;
  return sql;
}

}  // namespace eventstore::engine::sqlite
