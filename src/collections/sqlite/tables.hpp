#pragma once
// Private to the SQLite engine: the SQL that makes tables and indexes from shapes.
#include <eventstore/collections/shape.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore::engine::sqlite {

/// CREATE TABLE for the documents of `shape` under the name `table`, without indexes.
std::string create_table(const CollectionShape& shape, std::string_view table);

/// All indexes of `shape` on its own table, filled from what it holds.
std::string create_indexes(const CollectionShape& shape);

/// Drops `name` and the further tables that its shape has made.
std::string drop_table(std::string_view name);

/// INSERT that puts a whole document: ?1 _id, ?2 organization_id, ?3… the columns.
std::string put_sql(const CollectionShape& shape, std::string_view table);
/// As put_sql, but if the document exists, adds to its `fields`.
std::string increment_sql(const CollectionShape& shape, std::string_view table, const std::vector<std::size_t>& fields);
/// UPDATE of `fields`: ?1 _id, ?2… their values.
std::string patch_sql(const CollectionShape& shape, std::string_view table, const std::vector<std::size_t>& fields);

}  // namespace eventstore::engine::sqlite
