#pragma once
// Private to the SQLite engine: writes documents to one table with statements that are prepared once.
#include "bind.hpp"
#include "connection.hpp"

#include <map>
#include <optional>

namespace eventstore::engine::sqlite {

class TableWriter {
 public:
  /// `connection` outlives the writer; `shape` need not: writers are kept from one run to the next.
  TableWriter(sqlite3* connection, CollectionShape shape, std::string table)
      : connection_{connection}, shape_{std::move(shape)}, table_{std::move(table)} {}

  [[nodiscard]] bool writes(const CollectionShape& shape) const { return shape_.document == shape.document; }

  Result<void> write(const DocumentWrite& write);

 private:
  using Fields = std::vector<std::size_t>;

  Result<Statement*> statement(DocumentWrite::Kind kind, const Fields& fields);
  Result<void> put(const DocumentWrite& write, Statement& statement, std::string_view id);
  Result<void> patch(const DocumentWrite& write, Statement& statement, std::string_view id);

  sqlite3* connection_;
  CollectionShape shape_;
  std::string table_;
  std::map<std::pair<DocumentWrite::Kind, Fields>, Statement> statements_;
};

}  // namespace eventstore::engine::sqlite
