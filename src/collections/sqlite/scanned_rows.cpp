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

void append_bytes(std::uint64_t number, std::string& out) {
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

ScannedRows::Columns ScannedRows::columns(const std::vector<std::optional<std::size_t>>& places) const {
  Columns columns{0, 1};
  for (const auto place : places) columns.push_back(place ? std::optional{columns_[*place].place} : std::nullopt);
  return columns;
}

void ScannedRows::append_raw(const Columns& columns, std::string& out) const {
  for (const auto column : columns) {
    const auto value = column ? statement_.raw(*column) : RawValue{};
    out += static_cast<char>(value.type);
    append_bytes(value.bits, out);
    out += value.bytes;
  }
}

bool ScannedRows::is_same(const Columns& columns, const ScannedRows& other, const Columns& its_columns) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto value = columns[i] ? statement_.raw(*columns[i]) : RawValue{};
    const auto its_value = its_columns[i] ? other.statement_.raw(*its_columns[i]) : RawValue{};
    if (value != its_value) return false;
  }
  return true;
}

}  // namespace eventstore::engine::sqlite
