#include "indexes.hpp"

#include "layout.hpp"
#include "tables.hpp"

#include <fmt/format.h>

#include <set>

namespace eventstore::engine::sqlite {
namespace {

// About how many rows the table has. Cost: one look.
Result<std::uint64_t> last_row(sqlite3* connection, std::string_view table) {
  EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, "SELECT max(_rowid_) FROM " + quoted(table)));
  EVENTSTORE_TRY(statement.step());
  return static_cast<std::uint64_t>(statement.integer(0));
}

// An index keeps its name for good, so each collection of a projection has a prefix of its own: "books", "books__1" …
// An index that the table has already tells which one.
Result<std::string> index_prefix(sqlite3* connection, const std::string& base, std::string_view table) {
  EVENTSTORE_TRY_ASSIGN(
      auto statement,
      Statement::prepare(connection,
                         "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND "
                         "(tbl_name IN (?1, ?1 || '_rows', ?2) OR substr(tbl_name, 1, length(?1) + 2) = ?1 || '__')"));
  statement.bind(1, std::string_view{base});
  statement.bind(2, table);
  std::set<std::string> taken;
  while (true) {
    EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
    if (!found) break;
    const auto name = statement.text(0);
    const auto end = name.find("_by_", base.size());
    if (!name.starts_with(base) || end == std::string_view::npos) continue;
    std::string prefix{name.substr(0, end)};
    if (statement.text(1) == table) return prefix;
    taken.insert(std::move(prefix));
  }
  auto free = base;
  for (int number = 1; taken.count(free) != 0; ++number) free = fmt::format("{}__{}", base, number);
  return free;
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

Result<std::uint64_t> make_id_index(sqlite3* connection, const CollectionShape& shape, std::string_view collection) {
  EVENTSTORE_TRY_ASSIGN(const auto table, rows_table(connection, collection));
  EVENTSTORE_TRY_ASSIGN(const auto prefix, index_prefix(connection, shape.name, table));
  const auto sql = fmt::format("CREATE UNIQUE INDEX {} ON {} (_id)", quoted(id_index_name(prefix)), quoted(table));
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

Result<void> make_indexes(sqlite3* connection, const CollectionShape& shape, std::string_view name, Watcher& watcher,
                          FunctionRef<Result<void>(MakeIndex make)> in_step) {
  EVENTSTORE_TRY_ASSIGN(const auto table, rows_table(connection, name));
  EVENTSTORE_TRY_ASSIGN(const auto prefix, index_prefix(connection, shape.name, table));
  const auto steps = index_steps(shape, name, table, prefix);
  EVENTSTORE_TRY_ASSIGN(const auto rows, last_row(connection, table));
  watcher.begin(steps.size() + 1);
  watcher.next(rows);
  const auto make_id = [&]() -> Result<std::uint64_t> {
    EVENTSTORE_TRY_ASSIGN(const bool exists, has_id_index(connection, name));
    return exists ? Result<std::uint64_t>{0} : make_id_index(connection, shape, name);
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
