#include "document_json.hpp"
#include "impl.hpp"

namespace eventstore {
inline namespace v1 {

Result<std::vector<SqlRow>> SqliteCollections::rows(const std::string& sql, const std::vector<SqlValue>& values) {
  EVENTSTORE_TRY_ASSIGN(auto statement, sqlite::Statement::prepare(impl_->handle(), sql));
  for (std::size_t i = 0; i < values.size(); ++i) statement.bind(static_cast<int>(i) + 1, values[i]);
  std::vector<SqlRow> found;
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const bool more, statement.step());
    if (!more) return found;
    SqlRow row;
    for (int column = 0; column < statement.columns(); ++column) row.push_back(statement.value(column));
    found.push_back(std::move(row));
  }
}

Result<std::vector<std::string>> SqliteCollections::documents(const CollectionShape& shape,
                                                              std::string_view organization, const std::string& clauses,
                                                              const std::vector<SqlValue>& values) {
  const auto table = sqlite::quoted(shape.name);
  std::string sql = "SELECT " + table + "._id, " + table + ".organization_id";
  for (const auto& column : shape.columns) sql += ", " + table + "." + sqlite::quoted(column.name);
  sql += " FROM " + table + " " + clauses;
  EVENTSTORE_TRY_ASSIGN(auto statement, sqlite::Statement::prepare(impl_->handle(), sql));
  statement.bind(1, organization);
  for (std::size_t i = 0; i < values.size(); ++i) statement.bind(static_cast<int>(i) + 2, values[i]);
  std::vector<std::string> found;
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const bool more, statement.step());
    if (!more) return found;
    sqlite::append_document(shape, statement, found.emplace_back());
  }
}

}  // namespace v1
}  // namespace eventstore
