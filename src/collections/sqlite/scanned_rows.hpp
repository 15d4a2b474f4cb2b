#pragma once
// Private to the SQLite engine: the documents of a collection one after the other, whatever shape it has now.
#include "connection.hpp"

#include <eventstore/collections/collections.hpp>

#include <optional>
#include <string>
#include <vector>

namespace eventstore::engine::sqlite {

/// Lifetime: borrows the shape, within that of the connection. Threads: as its connection.
class ScannedRows {
 public:
  /// `clauses` follow the table's name; they may be empty, and then the rows come as they lie in the file. Errors:
  /// not_found; as Statement::prepare.
  static Result<ScannedRows> open(sqlite3* connection, const CollectionShape& shape, std::string_view name,
                                  std::string_view clauses = {});

  /// Binds the values of the clauses, and begins anew.
  [[nodiscard]] Statement& statement() { return statement_; }
  /// False: there is no further one.
  Result<bool> next() { return statement_.step(); }

  /// Names of the columns that are fields of the documents, in the order of the table.
  [[nodiscard]] const std::vector<std::string>& fields() const { return fields_; }
  /// The present document, its values as JSON by the types of the shape.
  [[nodiscard]] ScannedPage::Document document() const;
  /// The number of the present row.
  [[nodiscard]] std::int64_t row() const { return statement_.integer(2); }
  /// Columns of the statement by which two collections are compared. An absent one is a field without a value.
  using Columns = std::vector<std::optional<int>>;

  /// Those of the ids, and those of the fields at these places of fields().
  [[nodiscard]] Columns columns(const std::vector<std::optional<std::size_t>>& places) const;
  /// Appends the columns of the present row as SQLite has them. Equal bytes have equal texts.
  void append_raw(const Columns& columns, std::string& out) const;
  /// Whether both would append the same.
  [[nodiscard]] bool is_same(const Columns& columns, const ScannedRows& other, const Columns& its_columns) const;

 private:
  struct Column {
    int place;
    const Type* type;  // null: the shape has no such field
  };

  explicit ScannedRows(Statement statement) : statement_{std::move(statement)} {}

  Statement statement_;
  std::vector<Column> columns_{};
  std::vector<std::string> fields_{};
};

}  // namespace eventstore::engine::sqlite
