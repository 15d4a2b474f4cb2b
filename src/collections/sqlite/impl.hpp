#pragma once
// Private to the SQLite engine: the members of a SqliteCollections.
#include "compile.hpp"
#include "connection.hpp"
#include "watcher.hpp"
#include "writer.hpp"

#include <map>
#include <memory>

namespace eventstore {
inline namespace v1 {

namespace sqlite = engine::sqlite;

struct SqliteCollections::Impl {
  sqlite::Connection connection;
  std::string path;
  Mode mode;
  // By table name; dropped before the connection, and whenever a table is made, replaced or dropped.
  std::map<std::string, std::unique_ptr<sqlite::TableWriter>, std::less<>> writers{};
  SqliteMemory memory{};
  std::unique_ptr<sqlite::Watcher> watcher = std::make_unique<sqlite::Watcher>();

  /// Writes all batches in one transaction. After an error the writers are of no use.
  Result<void> write(std::span<const CollectionBatch> batches);
  /// Writes one of them within it; gives the number of changes of the table.
  Result<std::uint64_t> write(const CollectionBatch& batch);
  /// The writer of the batch's table, as the table is now.
  Result<sqlite::TableWriter*> writer_of(const CollectionBatch& batch, bool is_building, std::uint64_t changes);
  /// Whether a collection at `at` is being built. Errors: locked, where it is elsewhere.
  [[nodiscard]] Result<bool> is_building(std::string_view name, Position at) const;

  [[nodiscard]] sqlite3* handle() const { return connection.get(); }
  /// SQLite's plan for `sql`, one step on each line.
  [[nodiscard]] Result<std::string> plan_of(const sqlite::Sql& sql) const;
};

}  // namespace v1
}  // namespace eventstore
