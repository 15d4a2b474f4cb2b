#include "scanned_rows.hpp"

#include "document_json.hpp"
#include "layout.hpp"
#include "statements.hpp"

#include <fmt/format.h>

#include <cstring>

namespace eventstore::engine::sqlite {
namespace {

constexpr int first_field = 3;

// `_row`, and ranks, which follow from other fields, are no fields of a document.
bool is_field(std::string_view column, const CollectionShape& shape) {
  return column != "_row" && column != "_id" && column != "organization_id" &&
         (!column.ends_with("_rank") || shape.column(column) < shape.columns.size());
}

template <class Number> void append_bytes(const Number& number, std::string& out) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out.append(bytes, sizeof number);
}

}  // namespace

Result<ScannedRows> ScannedRows::open(sqlite3* connection, const CollectionShape& shape, std::string_view name,
                                      std::string_view clauses) {
  EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(connection, name));
  if (!exists) return failure(Errc::not_found, "scan collection", std::string{name}, "no such collection");
  EVENTSTORE_TRY_ASSIGN(const auto table, rows_table(connection, name));
  const auto* const row = table == name ? row_number : "_row";
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection, fmt::format("SELECT _id AS \"_id_\", organization_id AS "
                                                                   "\"_organization_\", {} AS \"_number_\", * FROM {} "
                                                                   "{}",
                                                                   row, quoted(name), clauses)));
  ScannedRows rows{std::move(statement)};
  for (int place = first_field; place < rows.statement_.columns(); ++place) {
    const auto column = rows.statement_.name(place);
    if (!is_field(column, shape)) continue;
    const auto of_shape = shape.column(column);
    rows.columns_.push_back({place, of_shape < shape.columns.size() ? &shape.columns[of_shape].type : nullptr});
    rows.fields_.emplace_back(column);
  }
  return rows;
}

ScannedPage::Document ScannedRows::document() const {
  ScannedPage::Document document{std::string{statement_.text(0)}, std::string{statement_.text(1)}, {}};
  for (const auto& [place, type] : columns_) {
    auto& value = document.values.emplace_back();
    if (statement_.column_type(place) != SQLITE_NULL) append_field(type, statement_, place, value);
  }
  return document;
}

void ScannedRows::append_raw(const std::vector<std::optional<std::size_t>>& places, std::string& out) const {
  const auto append = [&](int place) {
    const auto type = statement_.column_type(place);
    out += static_cast<char>(type);
    if (type == SQLITE_INTEGER) return append_bytes(statement_.integer(place), out);
    if (type == SQLITE_FLOAT) return append_bytes(statement_.real(place), out);
    if (type == SQLITE_NULL) return;
    const auto bytes = statement_.raw(place);
    append_bytes(bytes.size(), out);
    out += bytes;
  };
  append(0);
  append(1);
  for (const auto place : places) {
    if (place)
      append(columns_[*place].place);
    else
      out += static_cast<char>(SQLITE_NULL);
  }
}

}  // namespace eventstore::engine::sqlite
