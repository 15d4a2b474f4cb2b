#pragma once
// Private to the SQLite engine: the events that collections are without, in a table beside the checkpoints.
#include "connection.hpp"

#include <eventstore/collections/collections.hpp>

namespace eventstore::engine::sqlite {

Result<void> create_passed_over(sqlite3* connection);

/// Those of the collection `name`, by category and type; none in a file of a build that did not list them.
Result<std::vector<PassedOverType>> read_passed_over(sqlite3* connection, std::string_view name);

/// Adds the types to the list of the collection `name`, or takes their new numbers.
Result<void> write_passed_over(sqlite3* connection, std::string_view name, std::span<const PassedOverType> types);

/// The list of the collection `name` becomes that of `from`, which has none then; without `from` it is empty.
Result<void> replace_passed_over(sqlite3* connection, std::string_view name, std::string_view from = "");

}  // namespace eventstore::engine::sqlite
