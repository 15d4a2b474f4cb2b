#include "tables.hpp"

#include "conditions.hpp"
#include "connection.hpp"
#include "words_function.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace eventstore::engine::sqlite {
namespace {

std::string_view column_type(Kind kind) {
  switch (kind) {
    case Kind::boolean:
    case Kind::int8:
    case Kind::int16:
    case Kind::int32:
    case Kind::int64:
    case Kind::nanoseconds:
    case Kind::microseconds:
    case Kind::milliseconds:
    case Kind::seconds:
    case Kind::minutes:
    case Kind::hours:
    case Kind::days:
    case Kind::uint8:
    case Kind::uint16:
    case Kind::uint32:
    case Kind::uint64: return "INTEGER";
    case Kind::float32:
    case Kind::float64: return "REAL";
    case Kind::bytes: return "BLOB";
    default: return "TEXT";
  }
}

bool has_side_table(const CollectionShape& shape) {
  return std::any_of(shape.indexes.begin(), shape.indexes.end(), [](const Index& index) {
    return index.kind == Index::Kind::full_text || index.kind == Index::Kind::location ||
           index.kind == Index::Kind::elements;
  });
}

// Ranks are the enumerators' places: CASE "priority" WHEN 'low' THEN 0 … END.
std::string rank_column(const CollectionShape& shape, const std::string& field) {
  const auto& names = shape.columns[shape.column(field)].type.enumerators;
  std::string cases;
  for (std::size_t rank = 0; rank < names.size(); ++rank) cases += fmt::format(" WHEN '{}' THEN {}", names[rank], rank);
  return fmt::format(", {} INTEGER GENERATED ALWAYS AS (CASE {}{} END) VIRTUAL", quoted(field + "_rank"), quoted(field),
                     cases);
}

std::string indexed_expression(const std::string& field) {
  const auto dot = field.find('.');
  if (dot == std::string::npos) return quoted(field);
  return fmt::format("json_extract({}, '$.{}')", quoted(field.substr(0, dot)), field.substr(dot + 1));
}

// "parcels_by_wrapping_fragile". `known`: the names of the collection's other indexes, from which it differs by a
// number.
std::string index_name(std::string_view prefix, const std::vector<std::string>& fields, std::set<std::string>& known) {
  std::string name = std::string{prefix} + "_by";
  for (const auto& field : fields) name += '_' + field;
  std::replace(name.begin(), name.end(), '.', '_');  // some programs take a dot for the end of a schema's name
  auto free = name;
  for (int number = 2; !known.insert(free).second; ++number) free = fmt::format("{}_{}", name, number);
  return free;
}

IndexStep plain_index(const CollectionShape& shape, std::string_view prefix, std::string_view table, const Index& index,
                      std::set<std::string>& known) {
  std::string columns = "organization_id";
  for (const auto& field : index.fields) columns += ", " + indexed_expression(field);
  const auto name = index_name(prefix, index.fields, known);
  std::string where;
  if (!index.where_not_empty.empty()) where = " WHERE " + is_filled(known_field(shape, index.where_not_empty));
  return {name, fmt::format("CREATE {}INDEX {} ON {} ({}){};\n", index.unique ? "UNIQUE " : "", quoted(name),
                            quoted(table), columns, where)};
}

std::string words_of(std::string_view row, const std::string& field) {
  return fmt::format("{}({}{})", words_function, row, quoted(field));
}

std::string text_triggers(const std::string& name, std::string_view of, const std::string& field) {
  const auto table = quoted(of);
  const auto words = quoted(name + "_text");
  const auto column = quoted(field);
  const auto add =
      fmt::format("INSERT INTO {}(rowid, {}) VALUES (new._row, {});", words, column, words_of("new.", field));
  const auto remove = fmt::format("INSERT INTO {}({}, rowid, {}) VALUES ('delete', old._row, {});", words, words,
                                  column, words_of("old.", field));
  auto sql =
      fmt::format("CREATE TRIGGER {} AFTER INSERT ON {} BEGIN {} END;\n", quoted(name + "_text_add"), table, add);
  sql +=
      fmt::format("CREATE TRIGGER {} AFTER DELETE ON {} BEGIN {} END;\n", quoted(name + "_text_remove"), table, remove);
  sql += fmt::format("CREATE TRIGGER {0} AFTER UPDATE OF {1} ON {2} WHEN new.{1} IS NOT old.{1} BEGIN {3} {4} END;\n",
                     quoted(name + "_text_change"), column, table, remove, add);
  return sql;
}

// An index of external content (https://sqlite.org/fts5.html, section 4.4.3) over the words that words_function makes
// of it: other readers get the text as it is, and find it by its words with a tokenizer that every SQLite has. It is
// told to leave marks in words, which are vowels in many scripts. The table of its content is that of the live
// collection, also while the collection is built beside it: SQLite does not change that name when the table is renamed,
// and reads the content only for those who ask for the text.
IndexStep text_index(const std::string& name, std::string_view of, std::string_view content, const std::string& field) {
  const auto table = quoted(of);
  const auto words = quoted(name + "_text");
  const auto sql = fmt::format(
      "CREATE VIRTUAL TABLE {words} USING fts5({column}, content={content}, content_rowid='_row', "
      "tokenize=\"unicode61 remove_diacritics 2 categories 'L* M* N* Co'\");\n"
      "INSERT INTO {words}(rowid, {column}) SELECT _row, {made} FROM {table};\n",
      fmt::arg("words", words), fmt::arg("column", quoted(field)), fmt::arg("content", quoted(content)),
      fmt::arg("table", table), fmt::arg("made", words_of("", field)));
  return {name + "_text", sql + text_triggers(name, of, field)};
}

// The coordinates of the place in a row, as the index of places has them.
std::string coordinates(std::string_view row, const std::string& field) {
  const auto of = [&](std::string_view axis) {
    return fmt::format("json_extract({}{}, '$.{}')", row, quoted(field), axis);
  };
  return fmt::format("{0}_row, {1}, {1}, {2}, {2}", row, of("longitude"), of("latitude"));
}

std::string location_triggers(const std::string& name, std::string_view rows, const std::string& field) {
  const auto table = quoted(rows);
  const auto places = quoted(name + "_location");
  const auto add = fmt::format("INSERT INTO {} SELECT {} WHERE new.{} IS NOT NULL;", places, coordinates("new.", field),
                               quoted(field));
  const auto remove = fmt::format("DELETE FROM {} WHERE id = old._row;", places);
  auto sql =
      fmt::format("CREATE TRIGGER {} AFTER INSERT ON {} BEGIN {} END;\n", quoted(name + "_location_add"), table, add);
  sql += fmt::format("CREATE TRIGGER {} AFTER DELETE ON {} BEGIN {} END;\n", quoted(name + "_location_remove"), table,
                     remove);
  sql += fmt::format("CREATE TRIGGER {} AFTER UPDATE OF {} ON {} BEGIN {} {} END;\n", quoted(name + "_location_change"),
                     quoted(field), table, remove, add);
  return sql;
}

IndexStep location_index(const std::string& name, std::string_view rows, const std::string& field) {
  const auto places = quoted(name + "_location");
  const auto sql = fmt::format(
      "CREATE VIRTUAL TABLE {} USING rtree(id, min_longitude, max_longitude, min_latitude, "
      "max_latitude);\nINSERT INTO {} SELECT {} FROM {} WHERE {} IS NOT NULL;\n",
      places, places, coordinates("", field), quoted(rows), quoted(field));
  return {name + "_location", sql + location_triggers(name, rows, field)};
}

// An entry for each different element of the list in a row.
std::string element_entries(const std::string& elements, std::string_view row, std::string_view from,
                            const std::string& field) {
  const auto list = indexed_expression(field);  // the row's name stands before the column, within json_extract() too
  auto of_row = list;
  if (!row.empty()) of_row.insert(of_row.find('"'), row);
  // An element may be in the list twice. OR IGNORE alone does not see to it: a statement that replaces a document has
  // its own rule for conflicts, and SQLite goes by that in the triggers, too.
  return fmt::format(
      "INSERT OR IGNORE INTO {elements} SELECT DISTINCT {row}_row, '{field}', each.value, {row}organization_id FROM "
      "{from}"
      "json_each({list}) AS each;",
      fmt::arg("elements", elements), fmt::arg("row", row), fmt::arg("field", field), fmt::arg("from", from),
      fmt::arg("list", of_row));
}

std::string elements_triggers(const std::string& name, std::string_view rows, const std::vector<std::string>& fields) {
  const auto table = quoted(rows);
  const auto elements = quoted(name + "_elements");
  std::string add;
  std::string columns = "organization_id";
  for (const auto& field : fields) {
    add += element_entries(elements, "new.", "", field);
    columns += ", " + quoted(field.substr(0, field.find('.')));
  }
  const auto remove = fmt::format("DELETE FROM {} WHERE _row = old._row;", elements);
  auto sql =
      fmt::format("CREATE TRIGGER {} AFTER INSERT ON {} BEGIN {} END;\n", quoted(name + "_elements_add"), table, add);
  sql += fmt::format("CREATE TRIGGER {} AFTER DELETE ON {} BEGIN {} END;\n", quoted(name + "_elements_remove"), table,
                     remove);
  sql += fmt::format("CREATE TRIGGER {} AFTER UPDATE OF {} ON {} BEGIN {} {} END;\n", quoted(name + "_elements_change"),
                     columns, table, remove, add);
  return sql;
}

IndexStep elements_index(const std::string& name, std::string_view rows, const std::vector<std::string>& fields) {
  const auto elements = quoted(name + "_elements");
  auto sql = fmt::format(
      "CREATE TABLE {0} (_row INTEGER NOT NULL, \"field\" TEXT NOT NULL, \"value\" NOT NULL, organization_id TEXT NOT "
      "NULL, PRIMARY KEY (organization_id, \"field\", \"value\", _row), UNIQUE (_row, \"field\", \"value\")) WITHOUT "
      "ROWID;\n",
      elements);
  for (const auto& field : fields) sql += element_entries(elements, "", quoted(rows) + ", ", field) + '\n';
  return {name + "_elements", sql + elements_triggers(name, rows, fields)};
}

}  // namespace

std::string create_table(const CollectionShape& shape, std::string_view table) {
  // Side tables refer to rows by number, which only a declared primary key keeps through VACUUM. The index of `_id` is
  // made with the others, when the documents are there.
  std::string sql = fmt::format(
      "CREATE TABLE {} ({}, organization_id TEXT NOT NULL", quoted(table),
      has_side_table(shape) || has_maps(shape) ? "_row INTEGER PRIMARY KEY, _id TEXT NOT NULL" : "_id TEXT NOT NULL");
  for (const auto& column : shape.columns)
    sql += fmt::format(", {} {}{}", quoted(column.name), column_type(column.type.kind),
                       column.nullable || is_map(column) ? "" : " NOT NULL");
  for (const auto& index : shape.indexes)
    if (index.kind == Index::Kind::rank) sql += rank_column(shape, index.fields.front());
  return sql + ");";
}

std::vector<IndexStep> index_steps(const CollectionShape& shape, std::string_view name, std::string_view table,
                                   std::string_view prefix) {
  std::vector<IndexStep> steps;
  std::set<std::string> names{id_index_name(prefix)};
  const std::string of{name};
  const auto live = shape.name + std::string{table.substr(name.size())};
  std::vector<std::string> listed;
  for (const auto& index : shape.indexes) {
    const auto& field = index.fields.front();
    switch (index.kind) {
      case Index::Kind::fields: steps.push_back(plain_index(shape, prefix, table, index, names)); break;
      case Index::Kind::rank:
        steps.push_back(plain_index(shape, prefix, table, index_on({field + "_rank"}), names));
        break;
      case Index::Kind::full_text: steps.push_back(text_index(of, table, live, field)); break;
      case Index::Kind::location: steps.push_back(location_index(of, table, field)); break;
      case Index::Kind::elements: listed.push_back(field); break;
    }
  }
  if (!listed.empty()) steps.push_back(elements_index(of, table, listed));
  return steps;
}

std::string side_triggers(const CollectionShape& shape, std::string_view name, std::string_view table,
                          std::string_view side) {
  std::string sql;
  const std::string of{name};
  std::vector<std::string> listed;
  for (const auto& index : shape.indexes) {
    const auto& field = index.fields.front();
    if (side == "_elements" && index.kind == Index::Kind::elements) listed.push_back(field);
    if (side == "_text" && index.kind == Index::Kind::full_text) sql += text_triggers(of, table, field);
    if (side == "_location" && index.kind == Index::Kind::location) sql += location_triggers(of, table, field);
  }
  return listed.empty() ? sql : elements_triggers(of, table, listed);
}

std::string id_index_name(std::string_view prefix) { return std::string{prefix} + "_by__id"; }

bool is_map(const Column& column) { return column.type.kind == Kind::map && !column.nullable; }

bool has_maps(const CollectionShape& shape) { return std::any_of(shape.columns.begin(), shape.columns.end(), is_map); }

}  // namespace eventstore::engine::sqlite
