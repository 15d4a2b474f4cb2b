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

/// The indexes, besides that of `_id`, of the collection `name` of `shape`, whose documents `table` has. The names of
/// plain ones begin with `prefix`; words and places stand in tables that are named after the collection.
std::vector<IndexStep> index_steps(const CollectionShape& shape, std::string_view name, std::string_view table,
                                   std::string_view prefix);

/// The statements that let the words, the places or the elements of the collection `name`, whichever `side` ("_text",
/// "_location", "_elements") says, follow what is written to its `table`.
std::string side_triggers(const CollectionShape& shape, std::string_view name, std::string_view table,
                          std::string_view side);

/// The name of the index of `_id` among indexes of `prefix`, which no field's index has.
std::string id_index_name(std::string_view prefix);

/// Whether the column has a map in every document. A large one may stand in parts; then the table has NULL.
bool is_map(const Column& column);

/// Whether there is such a column.
bool has_maps(const CollectionShape& shape);

}  // namespace eventstore::engine::sqlite
