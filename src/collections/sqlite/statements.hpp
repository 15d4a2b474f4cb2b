#pragma once
// Private to the SQLite engine: the statements that write to one table, each prepared at its first use.
#include "connection.hpp"

#include <eventstore/collections/shape.hpp>
#include <map>

namespace eventstore::engine::sqlite {

/// The number of a row in any table of a collection, under a name that no document's field has.
inline constexpr const char* row_number = "_rowid_";

class TableStatements {
 public:
  enum class Kind : std::uint8_t {
    insert,          ///< a new document: ?1 _id, ?2 organization_id, ?3… the columns
    put,             ///< as insert, or replaces the document of that _id
    replace_row,     ///< ?1 the row, ?2 organization_id, ?3… the columns
    patch,           ///< sets fields: ?1 _id, ?2… their values, and behind them the document's organization
    patch_row,       ///< ?1 the row
    set_row,         ///< sets fields of the row ?1: ?2… their values
    remove,          ///< ?1 _id
    remove_row,      ///< ?1 the row
    row,             ///< the row of the document with ?1 as _id
    numbers,         ///< the row and the fields of the document with ?1 as _id
    numbers_of_row,  ///< of the row ?1
    document,        ///< that with ?1 as _id: _id, organization_id, the columns; of the view that has large maps
    document_of_row  ///< of the row ?1
  };
  using Fields = std::vector<std::size_t>;

  /// `connection` outlives the statements.
  TableStatements(sqlite3* connection, CollectionShape shape, std::string table, std::string view)
      : connection_{connection}, shape_{std::move(shape)}, table_{std::move(table)}, view_{std::move(view)} {}

  /// Lifetime: the object's. Errors: as Statement::prepare.
  Result<Statement*> get(Kind kind, const Fields& fields = {});

  [[nodiscard]] sqlite3* connection() const { return connection_; }
  [[nodiscard]] const CollectionShape& shape() const { return shape_; }
  [[nodiscard]] const std::string& table() const { return table_; }

 private:
  [[nodiscard]] std::string sql_for(Kind kind, const Fields& fields) const;
  [[nodiscard]] std::string names_of(const Fields& fields) const;
  [[nodiscard]] std::string document_sql() const;

  sqlite3* connection_;
  CollectionShape shape_;
  std::string table_;
  std::string view_;  // the table, but for large maps in parts
  std::map<std::pair<Kind, Fields>, Statement> statements_;
};

}  // namespace eventstore::engine::sqlite
