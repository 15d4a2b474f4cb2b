#pragma once
// Private to the collections layer: writes documents to one table with statements that are prepared once.
#include "sqlite.hpp"
#include "sqlite_bind.hpp"

#include <map>
#include <optional>

namespace eventstore::inline v1::sqlite {

class TableWriter {
 public:
  /// `connection` and `shape` outlive the writer.
  TableWriter(sqlite3* connection, const CollectionShape& shape, std::string table)
      : connection_{connection}, shape_{shape}, table_{std::move(table)} {}

  Result<void> write(const DocumentWrite& write);

 private:
  using Fields = std::vector<std::size_t>;

  Result<Statement*> statement(DocumentWrite::Kind kind, const Fields& fields);
  Result<void> put(const DocumentWrite& write, Statement& statement, std::string_view id);
  Result<void> patch(const DocumentWrite& write, Statement& statement, std::string_view id);

  sqlite3* connection_;
  const CollectionShape& shape_;
  std::string table_;
  std::map<std::pair<DocumentWrite::Kind, Fields>, Statement> statements_;
};

}  // namespace eventstore::inline v1::sqlite
