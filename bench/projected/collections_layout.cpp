#include <bench/projected/collections_layout.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace bench {
namespace {

SqliteConnection opened(const std::filesystem::path& file) { return {file, SQLITE_OPEN_READONLY}; }

std::vector<std::string> texts(SqliteConnection& file, const std::string& sql) {
  SqliteStatement statement{file, sql.c_str()};
  std::vector<std::string> all;
  while (statement.step()) all.emplace_back(statement.text(0));
  return all;
}

// Tables that SQLite makes for itself behind tables of words and places, and eventstore's own: not for writers.
constexpr const char* of_collections =
    " AND m.name NOT LIKE '\\_%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND NOT EXISTS"
    " (SELECT 1 FROM sqlite_master v WHERE v.sql LIKE 'CREATE VIRTUAL %' AND substr(m.name, 1, length(v.name) + 1) ="
    " v.name || '_' AND m.type = 'table')";

std::vector<std::string> made(SqliteConnection& file, std::string_view what, std::string_view where) {
  return texts(file, fmt::format("SELECT {} FROM sqlite_master m WHERE m.sql IS NOT NULL AND {}{} ORDER BY m.rowid",
                                 what, where, of_collections));
}

constexpr std::string_view plain_tables = "m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL %'";
// A view stands for the documents of the tables behind it.
constexpr std::string_view documents =
    "(m.type = 'view' OR (m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL %' AND NOT EXISTS (SELECT 1 FROM "
    "sqlite_master v WHERE v.type = 'view' AND m.name IN (v.name || '_rows', v.name || '_parts'))))";
constexpr std::string_view virtual_tables = "m.type = 'table' AND m.sql LIKE 'CREATE VIRTUAL %'";

// The text after `mark`, up to the next comma or parenthesis.
std::string after(std::string_view sql, std::string_view mark) {
  const auto at = sql.find(mark);
  if (at == std::string_view::npos) throw std::runtime_error{fmt::format("cannot fill the index: {}", sql)};
  const auto begin = at + mark.size();
  return std::string{sql.substr(begin, sql.find_first_of(",)", begin) - begin)};
}

std::string fill_words(const std::string& name, std::string_view sql) {
  const auto column = after(sql, "USING fts5(");
  return fmt::format("INSERT INTO \"{}\"(rowid, {}) SELECT _row, eventstore_words({}) FROM {}", name, column, column,
                     after(sql, "content="));
}

// The tables of places know neither their collection nor its field: both are deliveries' here.
std::string fill_places(const std::string& name) {
  return fmt::format(
      "INSERT INTO \"{}\" SELECT _row, longitude, longitude, latitude, latitude FROM (SELECT _row, "
      "json_extract(coordinates, '$.longitude') AS longitude, json_extract(coordinates, '$.latitude') AS latitude "
      "FROM \"{}\" WHERE coordinates IS NOT NULL)",
      name, name.substr(0, name.rfind('_')));
}

// The columns of a table or a view that stand for the document; of entries, also the document that they are of.
std::vector<std::string> columns_of(SqliteConnection& file, std::string_view pragma, const std::string& table) {
  return texts(file, fmt::format("SELECT name FROM {}('{}') WHERE name = '_id' OR name NOT LIKE '\\_%' ESCAPE '\\'{}",
                                 pragma, table, table.ends_with("_parts") ? " OR name = '_row'" : ""));
}

bool same_cell(sqlite3_stmt* a, sqlite3_stmt* b, int column) {
  const int type = sqlite3_column_type(a, column);
  if (type != sqlite3_column_type(b, column)) return false;
  switch (type) {
    case SQLITE_NULL: return true;
    case SQLITE_INTEGER: return sqlite3_column_int64(a, column) == sqlite3_column_int64(b, column);
    case SQLITE_FLOAT:
      return !(sqlite3_column_double(a, column) < sqlite3_column_double(b, column)) &&
             !(sqlite3_column_double(a, column) > sqlite3_column_double(b, column));
    default: break;
  }
  const auto bytes = [&](sqlite3_stmt* row) {
    const auto* const data = static_cast<const char*>(sqlite3_column_blob(row, column));
    return std::string_view{data, static_cast<std::size_t>(sqlite3_column_bytes(row, column))};
  };
  return bytes(a) == bytes(b);
}

void require_same_rows(SqliteConnection& expected, SqliteConnection& found, const std::string& table) {
  const auto columns = columns_of(expected, "pragma_table_xinfo", table);
  std::string names;
  for (const auto& column : columns) names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", column);
  const auto sql = fmt::format("SELECT {} FROM \"{}\" ORDER BY _id", names, table);
  SqliteStatement a{expected, sql.c_str()};
  SqliteStatement b{found, sql.c_str()};
  for (;;) {
    const bool has_row = a.step();
    if (b.step() != has_row) throw std::runtime_error{"wrong answer: another number of documents in " + table};
    if (!has_row) return;
    for (std::size_t i = 0; i < columns.size(); ++i)
      if (!same_cell(a.raw(), b.raw(), static_cast<int>(i)))
        throw std::runtime_error{fmt::format("wrong answer: {}, {} of document {}", table, columns[i], a.text(0))};
  }
}

// How many documents the tables of words and places hold.
std::vector<std::string> indexed_counts(SqliteConnection& file) {
  std::vector<std::string> counts;
  for (const auto& name : texts(file,
                                "SELECT name FROM sqlite_master WHERE name LIKE '%\\_docsize' ESCAPE '\\' OR name LIKE "
                                "'%\\_rowid' ESCAPE '\\' ORDER BY name"))
    counts.push_back(texts(file, fmt::format("SELECT '{}: ' || count(*) FROM \"{}\"", name, name)).front());
  return counts;
}

}  // namespace

CollectionsLayout layout_of(const std::filesystem::path& path) {
  auto file = opened(path);
  CollectionsLayout layout;
  const auto names = made(file, "m.name", plain_tables);
  const auto creates = made(file, "m.sql", plain_tables);
  for (std::size_t i = 0; i < names.size(); ++i)
    layout.tables.push_back({names[i], creates[i], columns_of(file, "pragma_table_info", names[i])});
  layout.indexes = made(file, "m.sql", "m.type = 'index'");
  const auto virtual_names = made(file, "m.name", virtual_tables);
  const auto virtual_creates = made(file, "m.sql", virtual_tables);
  for (std::size_t i = 0; i < virtual_names.size(); ++i) {
    const auto& sql = virtual_creates[i];
    layout.indexes.push_back(sql);
    layout.indexes.push_back(sql.find("USING fts5(") == std::string::npos ? fill_places(virtual_names[i])
                                                                          : fill_words(virtual_names[i], sql));
  }
  for (const auto* const last : {"m.type = 'view'", "m.type = 'trigger'"})
    for (auto& each : made(file, "m.sql", last)) layout.indexes.push_back(std::move(each));
  return layout;
}

void require_same_collections(const std::filesystem::path& expected, const std::filesystem::path& found) {
  auto expected_file = opened(expected);
  auto found_file = opened(found);
  const auto objects = [](SqliteConnection& file) {
    auto all = made(file, "m.type || ' ' || m.name", "1");
    std::ranges::sort(all);
    return all;
  };
  if (objects(expected_file) != objects(found_file))
    throw std::runtime_error{"wrong answer: other tables, indexes or triggers"};
  if (indexed_counts(expected_file) != indexed_counts(found_file))
    throw std::runtime_error{"wrong answer: other documents in an index of words or places"};
  for (const auto& table : made(expected_file, "m.name", documents))
    require_same_rows(expected_file, found_file, table);
}

}  // namespace bench
