#pragma once
// Private to the SQLite engine: the collection that another one has replaced is kept beside it. SQLite takes a table's
// new name over into its triggers, but not into their names, nor into a column that words have by their table's name.
// So a kept collection, which nobody writes, has no triggers: the statements that make them stand in a table.
#include "connection.hpp"

namespace eventstore::engine::sqlite {

/// Gives the checkpoint, the count, the certificate and the list of passed-over events of `from` to `to`, whose own are
/// gone.
Result<void> move_records(sqlite3* connection, std::string_view from, std::string_view to);

/// The collection `name`, if there is one, becomes the kept one of that name; the kept one of before is dropped.
Result<void> keep_collection(sqlite3* connection, std::string_view name);

/// The kept collection takes its name again, and the one that has it is kept. Errors: not_found.
Result<void> swap_with_kept(sqlite3* connection, std::string_view name);

/// Drops what is known of a kept collection besides its tables and records.
Result<void> forget_kept(sqlite3* connection, std::string_view kept);

}  // namespace eventstore::engine::sqlite
