#pragma once
// Private to the SQLite engine: the table of the collections' numbers of documents.
#include "connection.hpp"

#include <eventstore/core/ordinal.hpp>
#include <optional>

namespace eventstore::engine::sqlite {

/// What is known of a collection besides its checkpoint. It holds at one position: a build that does not know the table
/// moves the checkpoint without it.
struct Count {
  std::uint64_t documents = 0;
  Position position{};
  std::uint64_t changes = 0;  ///< transactions that wrote to the collection's table: another number, and another did
};

Result<void> create_counts(sqlite3* connection);

/// Absent where no build that knows the table has written the collection.
Result<std::optional<Count>> read_count(sqlite3* connection, std::string_view name);
Result<void> write_count(sqlite3* connection, std::string_view name, const Count& count);

/// The collection has so many documents at `position`, whoever wrote it before.
Result<void> begin_count(sqlite3* connection, std::string_view name, std::uint64_t documents, Position position);

/// So many documents were removed, and nothing else changed.
Result<void> take_from_count(sqlite3* connection, std::string_view name, std::uint64_t documents);

/// Gives the count of `from` to `name`, or `name` none.
Result<void> replace_count(sqlite3* connection, std::string_view name, std::string_view from = {});

/// Counts the rows of the table. Cost: reads an index or the table.
Result<std::uint64_t> count_rows(sqlite3* connection, std::string_view table);

}  // namespace eventstore::engine::sqlite
