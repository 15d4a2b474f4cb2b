#include "indexes.hpp"

#include "layout.hpp"
#include "tables.hpp"

#include <fmt/format.h>

namespace eventstore::engine::sqlite {
namespace {

// About how many rows the table has. Cost: one look.
Result<std::uint64_t> last_row(sqlite3* connection, std::string_view table) {
  EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, "SELECT max(_rowid_) FROM " + quoted(table)));
  EVENTSTORE_TRY(statement.step());
  return static_cast<std::uint64_t>(statement.integer(0));
}

}  // namespace

Result<bool> has_id_index(sqlite3* connection, std::string_view collection) {
  EVENTSTORE_TRY_ASSIGN(const auto table, rows_table(connection, collection));
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection,
                                           "SELECT 1 FROM pragma_index_list(?1) AS list, pragma_index_info(list.name) "
                                           "AS info WHERE list.\"unique\" AND info.name = '_id'"));
  statement.bind(1, std::string_view{table});
  return statement.step();
}

Result<std::uint64_t> make_id_index(sqlite3* connection, std::string_view collection) {
  EVENTSTORE_TRY_ASSIGN(const auto table, rows_table(connection, collection));
  const auto sql = fmt::format("CREATE UNIQUE INDEX {} ON {} (_id)", quoted(id_index_name(collection)), quoted(table));
  const auto made = run_sql(connection, sql);
  if (made) return std::uint64_t{0};
  if ((sqlite3_errcode(connection) & 0xFF) != SQLITE_CONSTRAINT) return tl::unexpected<Error>{made.error()};
  EVENTSTORE_TRY(run_sql(connection, fmt::format("DELETE FROM {0} WHERE _rowid_ NOT IN (SELECT max(_rowid_) FROM {0} "
                                                 "GROUP BY _id)",
                                                 quoted(table))));
  const auto removed = static_cast<std::uint64_t>(sqlite3_changes64(connection));
  EVENTSTORE_TRY(run_sql(connection, sql));
  return removed;
}

Result<void> drop_id_index(sqlite3* connection, std::string_view collection) {
  return run_sql(connection, fmt::format("DROP INDEX IF EXISTS {}", quoted(id_index_name(collection))));
}

Result<void> make_indexes(sqlite3* connection, const CollectionShape& shape, Watcher& watcher,
                          FunctionRef<Result<void>(MakeIndex make)> in_step) {
  EVENTSTORE_TRY_ASSIGN(const auto table, rows_table(connection, shape.name));
  const auto steps = index_steps(shape, table);
  EVENTSTORE_TRY_ASSIGN(const auto rows, last_row(connection, table));
  watcher.begin(steps.size() + 1);
  watcher.next(rows);
  const auto make_id = [&]() -> Result<std::uint64_t> {
    EVENTSTORE_TRY_ASSIGN(const bool exists, has_id_index(connection, shape.name));
    return exists ? Result<std::uint64_t>{0} : make_id_index(connection, shape.name);
  };
  EVENTSTORE_TRY(in_step(make_id));
  for (const auto& step : steps) {
    watcher.next(rows);
    const auto make = [&]() -> Result<std::uint64_t> {
      EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(connection, step.name));
      if (!exists) EVENTSTORE_TRY(run_sql(connection, step.sql));
      return std::uint64_t{0};
    };
    EVENTSTORE_TRY(in_step(make));
  }
  watcher.end();
  return {};
}

}  // namespace eventstore::engine::sqlite
