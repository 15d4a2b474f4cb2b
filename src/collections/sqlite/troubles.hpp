#pragma once
// Private to the SQLite engine: why collections do not go on, in a table beside the checkpoints.
#include "connection.hpp"

#include <eventstore/collections/collections.hpp>

namespace eventstore::engine::sqlite {

Result<void> create_troubles(sqlite3* connection);

/// What was noted of the collection `name`; absent where nothing was, and in a file of a build that noted nothing.
Result<std::optional<Trouble>> read_trouble(sqlite3* connection, std::string_view name);

/// Takes the place of what was noted of the collection `name`; without a value nothing is noted.
Result<void> write_trouble(sqlite3* connection, std::string_view name, const std::optional<Trouble>& trouble);

}  // namespace eventstore::engine::sqlite
