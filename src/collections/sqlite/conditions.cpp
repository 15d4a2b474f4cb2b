#include "conditions.hpp"

#include "connection.hpp"

#include <fmt/format.h>
#include <eventstore/collections/detail/text_search.hpp>

#include <algorithm>

namespace eventstore::engine::sqlite {
namespace {

// Free data may be stored as no text at all, which stands for null and which json_extract refuses.
std::string json_part(const QueriedField& field) {
  const auto column = quoted(field.column->name);
  const auto part = fmt::format("json_extract({}, '$.{}')", column, field.path);
  if (field.column->type.kind != Kind::json) return part;
  return fmt::format("CASE WHEN {} <> '' THEN {} END", column, part);
}

struct ToSql {
  SqlValue operator()(std::monostate) const { return nullptr; }
  SqlValue operator()(bool value) const { return std::int64_t{value ? 1 : 0}; }
  SqlValue operator()(std::int64_t value) const { return value; }
  SqlValue operator()(double value) const { return value; }
  SqlValue operator()(const std::string& value) const { return value; }
  SqlValue operator()(Timestamp value) const { return value.to_string(); }
};

bool has_rank_column(const CollectionShape& shape, const QueriedField& field) {
  return std::any_of(shape.indexes.begin(), shape.indexes.end(), [&](const Index& index) {
    return index.kind == Index::Kind::rank && index.fields.front() == field.column->name;
  });
}

std::string_view comparison(Condition::Kind kind) {
  switch (kind) {
    case Condition::Kind::less: return "<";
    case Condition::Kind::at_most: return "<=";
    case Condition::Kind::greater: return ">";
    case Condition::Kind::at_least: return ">=";
    default: return "=";
  }
}

void append_any_of(const QueriedField& field, const std::vector<QueryValue>& values, Sql& sql) {
  sql.text += expression(field) + " IN (";
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i != 0) sql.text += ", ";
    sql.add_value(stored(values[i]));
  }
  sql.text += ')';
}

bool has_entries_of_elements(const CollectionShape& shape, std::string_view field) {
  return std::any_of(shape.indexes.begin(), shape.indexes.end(), [&](const Index& index) {
    return index.kind == Index::Kind::elements && index.fields.front() == field;
  });
}

void append_contains(const CollectionShape& shape, std::string_view organization, const Condition& condition,
                     const QueriedField& field, Sql& sql) {
  if (has_entries_of_elements(shape, condition.field)) {
    sql.text += fmt::format("_row IN (SELECT _row FROM {} WHERE \"field\" = '{}' AND organization_id = ",
                            quoted(shape.name + "_elements"), condition.field);
    sql.add_value(std::string{organization});
    sql.text += " AND \"value\" = ";
  } else {
    sql.text += fmt::format("EXISTS (SELECT 1 FROM json_each({}) WHERE value = ", expression(field));
  }
  sql.add_value(stored(condition.values.front()));
  sql.text += ')';
}

void append_condition(const CollectionShape& shape, std::string_view organization, const Condition& condition,
                      Sql& sql) {
  using enum Condition::Kind;
  const auto field = known_field(shape, condition.field);
  switch (condition.kind) {
    case equal:
      sql.text += expression(field) + " = ";
      sql.add_value(stored(condition.values.front()));
      return;
    case any_of: append_any_of(field, condition.values, sql); return;
    case empty: sql.text += fmt::format("NOT coalesce({}, 0)", is_filled(field)); return;
    case not_empty: sql.text += is_filled(field); return;
    case contains: append_contains(shape, organization, condition, field, sql); return;
    case words:
      sql.text += fmt::format("_row IN (SELECT rowid FROM {0} WHERE {0} MATCH ", quoted(shape.name + "_text"));
      sql.add_value(match_expression(std::get<std::string>(condition.values.front())));
      sql.text += ')';
      return;
    default:
      sql.text += fmt::format("{} {} ", ordered_expression(shape, field), comparison(condition.kind));
      sql.add_value(ordered(field, condition.values.front()));
  }
}

}  // namespace

QueriedField known_field(const CollectionShape& shape, std::string_view name) {
  return queried_field(shape, name).value_or(QueriedField{});
}

void Sql::add_value(SqlValue value) {
  values.push_back(std::move(value));
  text += '?' + std::to_string(values.size());
}

std::string select_document(const CollectionShape& shape) {
  std::string sql = "SELECT _id, organization_id";
  for (const auto& column : shape.columns) sql += ", " + quoted(column.name);
  return sql;
}

std::string expression(const QueriedField& field) {
  if (field.is_id()) return "_id";
  return field.path.empty() ? quoted(field.column->name) : json_part(field);
}

std::string ordered_expression(const CollectionShape& shape, const QueriedField& field) {
  if (!field.has_kind(Kind::enumeration)) return expression(field);
  if (field.path.empty() && has_rank_column(shape, field)) return quoted(field.column->name + "_rank");
  std::string cases = "CASE " + expression(field);
  for (std::size_t rank = 0; rank < field.type->enumerators.size(); ++rank)
    cases += fmt::format(" WHEN '{}' THEN {}", field.type->enumerators[rank], rank);
  return cases + " END";
}

std::string is_filled(const QueriedField& field) {
  const auto value = expression(field);
  if (field.is_id()) return "1";
  if (field.has_kind(Kind::text) || field.has_kind(Kind::bytes)) return fmt::format("length({}) > 0", value);
  if (field.is_free() || field.has_kind(Kind::list) || field.has_kind(Kind::map) || field.has_kind(Kind::json) ||
      field.has_kind(Kind::set))
    return fmt::format("{} NOT IN ('', '[]', '{{}}', 'null')", value);
  return fmt::format("{} IS NOT NULL", value);
}

SqlValue stored(const QueryValue& value) { return std::visit(ToSql{}, value); }

SqlValue ordered(const QueriedField& field, const QueryValue& value) {
  const auto* const name = std::get_if<std::string>(&value);
  if (name == nullptr || !field.has_kind(Kind::enumeration)) return stored(value);
  return static_cast<std::int64_t>(rank_of(*field.type, *name));
}

std::string match_expression(std::string_view text) {
  const auto search = TextSearch::parse(text).value_or(TextSearch{});
  std::string expression;
  for (const auto& phrases : search.alternatives) {
    if (!expression.empty()) expression += " OR";
    for (const auto& phrase : phrases)
      expression += fmt::format("{}\"{}\"{}", expression.empty() ? "" : " ", fmt::join(phrase.words, " "),
                                phrase.is_open ? " *" : "");
  }
  return expression;
}

void append_where(const CollectionShape& shape, std::string_view organization, const Conditions& where, Sql& sql,
                  Lookup lookup) {
  // A column behind a plus is not looked up in an index.
  sql.text += lookup == Lookup::by_row ? " WHERE +organization_id = " : " WHERE organization_id = ";
  sql.add_value(std::string{organization});
  for (const auto& condition : where) {
    sql.text += " AND ";
    append_condition(shape, organization, condition, sql);
  }
}

}  // namespace eventstore::engine::sqlite
