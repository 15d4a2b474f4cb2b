#pragma once
// Private to the SQLite engine: the events that collections are without, because their projections gave an error at
// them, in the table `_dead_letters` beside the checkpoints.
#include "connection.hpp"

#include <eventstore/collections/collections.hpp>

namespace eventstore::engine::sqlite {

Result<void> create_set_aside(sqlite3* connection);

/// Those of the collection `name`, by position; none in a file of a build that set nothing aside.
Result<std::vector<SetAsideEvent>> read_set_aside(sqlite3* connection, std::string_view name);

/// Their number. Cost: that of the rows.
Result<SetAsideCounts> count_set_aside(sqlite3* connection, std::string_view name);

/// What `batch` says of events that are set aside, and of those that are not any more.
Result<void> write_set_aside(sqlite3* connection, const CollectionBatch& batch);

/// The events of the collection `name` become those of `from`, which has none then; without `from` there are none.
Result<void> replace_set_aside(sqlite3* connection, std::string_view name, std::string_view from = "");

/// The events of the collection `name` become those of `from`, which keeps them. Both may be the same.
Result<void> copy_set_aside(sqlite3* connection, std::string_view from, std::string_view name);

}  // namespace eventstore::engine::sqlite
