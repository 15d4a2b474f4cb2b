#pragma once
// Private to the SQLite engine: how fast workers move collections on, in a table beside the checkpoints.
#include "connection.hpp"

#include <eventstore/collections/collections.hpp>

namespace eventstore::engine::sqlite {

Result<void> create_paces(sqlite3* connection);

/// What was noted last of the collection `name`; absent where nothing was, and in a file of a build that noted nothing.
Result<std::optional<Pace>> read_pace(sqlite3* connection, std::string_view name);

/// Takes the place of what was noted; without a value nothing is noted.
Result<void> write_pace(sqlite3* connection, std::string_view name, const std::optional<Pace>& pace);

}  // namespace eventstore::engine::sqlite
