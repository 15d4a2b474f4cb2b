#pragma once
// Private to the SQLite engine: the members of a SqliteCollections.
#include "compile.hpp"
#include "connection.hpp"
#include "writer.hpp"

#include <map>

namespace eventstore {
inline namespace v1 {

namespace sqlite = engine::sqlite;

struct SqliteCollections::Impl {
  sqlite::Connection connection;
  std::string path;
  Mode mode;
  // By table name; dropped before the connection, and whenever a table is made, replaced or dropped.
  std::map<std::string, sqlite::TableWriter, std::less<>> writers{};

  [[nodiscard]] sqlite3* handle() const { return connection.get(); }
  /// SQLite's plan for `sql`, one step on each line.
  [[nodiscard]] Result<std::string> plan_of(const sqlite::Sql& sql) const;
};

}  // namespace v1
}  // namespace eventstore
