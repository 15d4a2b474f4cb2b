#include "digest_scan.hpp"

#include "layout.hpp"
#include "statements.hpp"

#include <fmt/format.h>

#include <limits>

namespace eventstore::engine::sqlite {
namespace {

constexpr int first_field = 3;

// A row of the statement: its number, _id, organization_id, and the fields.
class Values {
 public:
  explicit Values(const Statement& row) : row_{row} {}
  [[nodiscard]] std::string_view id() const { return row_.bytes(1); }
  [[nodiscard]] std::string_view organization() const { return row_.bytes(2); }
  [[nodiscard]] int type(std::size_t field) const { return row_.column_type(column(field)); }
  [[nodiscard]] std::int64_t integer(std::size_t field) const { return row_.integer(column(field)); }
  [[nodiscard]] double real(std::size_t field) const { return row_.real(column(field)); }
  [[nodiscard]] std::string_view text(std::size_t field) const { return row_.bytes(column(field)); }

 private:
  static int column(std::size_t field) { return first_field + static_cast<int>(field); }
  const Statement& row_;
};

}  // namespace

Result<DigestScan> DigestScan::open(sqlite3* connection, const CollectionShape& shape, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto table, rows_table(connection, name));
  EVENTSTORE_TRY_ASSIGN(auto row, RowDigest::of_table(connection, shape, table));
  std::string columns = fmt::format("{}, _id, organization_id", row_number);
  for (const auto& field : row.fields()) columns += ", " + quoted(field.name);
  EVENTSTORE_TRY_ASSIGN(auto rows,
                        Statement::prepare(connection, fmt::format("SELECT {0} FROM {1} WHERE {2} > ?1 ORDER BY {2} "
                                                                   "LIMIT ?2",
                                                                   columns, quoted(table), row_number)));
  DigestScan made{std::move(row), std::move(rows)};
  if (table == name) return made;
  EVENTSTORE_TRY_ASSIGN(
      made.parts_,
      Statement::prepare(connection,
                         fmt::format("SELECT _id, \"field\", \"key\", \"value\" FROM {} AS parts JOIN {} AS rows ON "
                                     "rows._row = parts._row WHERE parts._row > ?1 AND parts._row <= ?2",
                                     quoted(parts_name(name)), quoted(table))));
  return made;
}

Result<bool> DigestScan::next(std::int64_t rows_max) {
  const auto after = last_row_.value_or(std::numeric_limits<std::int64_t>::min());
  rows_.bind(1, after);
  rows_.bind(2, rows_max);
  std::int64_t read = 0;
  const Values values{rows_};
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const bool found, rows_.step());
    if (!found) break;
    ++read;
    last_row_ = rows_.integer(0);
    sum_ += row_.of(values);
  }
  rows_.reset();
  if (read == 0 || !parts_) return read == rows_max;
  parts_->bind(1, after);
  parts_->bind(2, *last_row_);
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const bool found, parts_->step());
    if (!found) break;
    sum_ += row_.pieces().entry(parts_->bytes(0), parts_->bytes(1), parts_->bytes(2), parts_->bytes(3));
  }
  parts_->reset();
  return read == rows_max;
}

Result<Digest128> scan_digest(sqlite3* connection, const CollectionShape& shape, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(auto scan, DigestScan::open(connection, shape, name));
  EVENTSTORE_TRY(scan.next(std::numeric_limits<std::int64_t>::max()));
  return scan.sum();
}

}  // namespace eventstore::engine::sqlite
