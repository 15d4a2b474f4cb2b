#pragma once
// Private to the SQLite engine: the table of checkpoints. A checksum has 64 bits, more than the numbers of some readers
// hold, so it is text.
#include "connection.hpp"

#include <eventstore/collections/collections.hpp>

namespace eventstore::engine::sqlite {

/// Makes the table, or brings one of an earlier build, in which checksums were numbers and the last columns were not
/// there, to today's form.
Result<void> make_checkpoints(sqlite3* connection);

/// Absent if there is no table of that name.
Result<std::optional<Checkpoint>> read_checkpoint(sqlite3* connection, std::string_view name);

/// What a writer asks of a checkpoint.
struct Place {
  Position position{};
  bool is_building = false;
};

/// Absent as read_checkpoint.
Result<std::optional<Place>> read_place(sqlite3* connection, std::string_view name);

/// The checkpoint of a collection that is being built.
Result<void> begin_checkpoint(sqlite3* connection, const CollectionShape& shape, std::string_view name,
                              const Checkpoint& start);

/// Moves the checkpoint from where the batch began. Errors: locked, if it is elsewhere: it belongs to another worker's
/// run.
Result<void> move_checkpoint(sqlite3* connection, const CollectionBatch& batch);

/// The collection has its indexes.
Result<void> set_built(sqlite3* connection, std::string_view name);

}  // namespace eventstore::engine::sqlite
