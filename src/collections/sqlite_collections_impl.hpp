#pragma once
// Private to the collections layer: what a SqliteCollections holds.
#include "sqlite.hpp"
#include "sqlite_writer.hpp"

#include <map>

namespace eventstore {
inline namespace v1 {

struct SqliteCollections::Impl {
  sqlite::Connection connection;
  std::string path;
  // By table name; dropped before the connection, and whenever a table is made, replaced or dropped.
  std::map<std::string, sqlite::TableWriter, std::less<>> writers{};

  [[nodiscard]] sqlite3* handle() const { return connection.get(); }
};

}  // namespace v1
}  // namespace eventstore
