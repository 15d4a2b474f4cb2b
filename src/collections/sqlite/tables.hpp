#pragma once
// Private to the SQLite engine: the SQL that makes tables and indexes from shapes.
#include <eventstore/collections/shape.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore::engine::sqlite {

/// CREATE TABLE for the documents of `shape` under the name `table`, without indexes.
std::string create_table(const CollectionShape& shape, std::string_view table);

/// An index on a table: the table or the index `name` that it makes, and the SQL that fills it from what is there.
struct IndexStep {
  std::string name;
  std::string sql;
};

/// The indexes of `shape` on its own table, besides that of `_id`.
std::vector<IndexStep> index_steps(const CollectionShape& shape);

/// The name of the index of `_id`, which no field's index has.
std::string id_index_name(std::string_view table);

/// Drops `name` and the further tables that its shape has made.
std::string drop_table(std::string_view name);

}  // namespace eventstore::engine::sqlite
