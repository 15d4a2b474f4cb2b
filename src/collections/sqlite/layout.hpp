#pragma once
// Private to the SQLite engine: the tables of a collection. One has its documents; where they have maps, its name is
// that of a view, and the view puts large maps together from a table of their entries (docs/adr/0027-large-maps.md).
#include "connection.hpp"

#include <eventstore/collections/shape.hpp>

namespace eventstore::engine::sqlite {

/// The tables behind the view `name`.
std::string rows_name(std::string_view name);
std::string parts_name(std::string_view name);

/// The table with a row for each document of the collection: that of its name, or the one behind its view.
Result<std::string> rows_table(sqlite3* connection, std::string_view name);

/// Makes the empty collection `name`, without indexes.
Result<void> create_collection(sqlite3* connection, const CollectionShape& shape, std::string_view name);

/// Drops the collection, if there is one, and the tables that its indexes have made.
Result<void> drop_collection(sqlite3* connection, std::string_view name);

/// Drops the triggers of the collection and gives the statements that make them again, under the names of now.
Result<std::string> take_triggers(sqlite3* connection, std::string_view name);

/// Gives the tables of the collection `from`, which has no triggers, the names of `to`, which no other has.
Result<void> rename_tables(sqlite3* connection, std::string_view from, std::string_view to);

/// Gives the collection `from` the name `to`, with triggers of that name. Its indexes keep their names.
Result<void> rename_collection(sqlite3* connection, const CollectionShape& shape, std::string_view from,
                               std::string_view to);

}  // namespace eventstore::engine::sqlite
