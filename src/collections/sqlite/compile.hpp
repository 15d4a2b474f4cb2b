#pragma once
// Private to the SQLite engine: questions as SQL. Values are always parameters, names always quoted.
#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <string>
#include <string_view>
#include <vector>
#include "../queried_field.hpp"

namespace eventstore::engine::sqlite {

/// A SELECT and the values of its parameters ?1, ?2 …
struct Sql {
  std::string text;
  std::vector<SqlValue> values{};

  /// Appends the next parameter with its value.
  void add_value(SqlValue value);
};

/// Each function takes a checked question and gives a SELECT of the columns named below; the organization is ?1.
/// _id, organization_id, the columns, and then each field of the order.
Sql compile(const CollectionShape& shape, std::string_view organization, const DocumentQuery& query);
/// The count.
Sql compile_count(const CollectionShape& shape, std::string_view organization, const Conditions& where);
/// The keys, the number of documents, and then total, count, smallest and largest of each summed field.
Sql compile(const CollectionShape& shape, std::string_view organization, const GroupQuery& query);
/// _id, organization_id, the columns, and then longitude and latitude, of all that may be near enough, in any order.
Sql compile(const CollectionShape& shape, std::string_view organization, const NearQuery& query);

/// The field as an SQL expression: a column, or json_extract of one.
std::string expression(const QueriedField& field);

}  // namespace eventstore::engine::sqlite
