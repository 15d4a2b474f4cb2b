#include "expiry.hpp"

#include "certificates.hpp"
#include "counts.hpp"
#include "digest_keeper.hpp"
#include "layout.hpp"
#include "statements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace eventstore::engine::sqlite {
namespace {

Result<void> write_expired_before(sqlite3* connection, std::string_view name, Timestamp moment) {
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection, "INSERT OR REPLACE INTO _expiries VALUES (?1, ?2)"));
  const auto text = moment.to_string();
  statement.bind(1, name);
  statement.bind(2, std::string_view{text});
  return statement.run();
}

// Whether the table has an index over organization_id and then the column.
Result<bool> has_index_of(sqlite3* connection, const std::string& table, const std::string& column) {
  EVENTSTORE_TRY_ASSIGN(
      auto statement,
      Statement::prepare(connection,
                         "SELECT 1 FROM pragma_index_list(?1) AS list, pragma_index_info(list.name) AS first, "
                         "pragma_index_info(list.name) AS second WHERE first.seqno = 0 AND first.name = "
                         "'organization_id' AND second.seqno = 1 AND second.name = ?2"));
  statement.bind(1, std::string_view{table});
  statement.bind(2, std::string_view{column});
  return statement.step();
}

}  // namespace

Result<void> create_expiries(sqlite3* connection) {
  return run_sql(connection,
                 "CREATE TABLE IF NOT EXISTS _expiries (collection TEXT NOT NULL PRIMARY KEY, expired_before TEXT NOT "
                 "NULL) WITHOUT ROWID");
}

Result<std::optional<Timestamp>> read_expired_before(sqlite3* connection, std::string_view name) {
  // A file of an earlier build, which is only read, lacks the table.
  EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(connection, "_expiries"));
  if (!exists) return std::optional<Timestamp>{};
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection, "SELECT expired_before FROM _expiries WHERE collection = ?1"));
  statement.bind(1, name);
  EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
  if (!found) return std::optional<Timestamp>{};
  EVENTSTORE_TRY_ASSIGN(const auto moment, Timestamp::parse(statement.text(0)));
  return std::optional{moment};
}

Result<void> replace_expired_before(sqlite3* connection, std::string_view name, std::string_view from) {
  if (name == from) return {};
  for (const auto* const sql :
       {"DELETE FROM _expiries WHERE collection = ?1",
        "INSERT INTO _expiries SELECT ?1, expired_before FROM _expiries WHERE collection = ?2"}) {
    EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, sql));
    statement.bind(1, name);
    statement.bind(2, from);
    EVENTSTORE_TRY(statement.run());
  }
  return {};
}

Result<void> keep_later_moment(sqlite3* connection, std::string_view name, std::string_view other) {
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection,
                                           "INSERT OR REPLACE INTO _expiries SELECT ?1, expired_before FROM _expiries "
                                           "WHERE collection IN (?1, ?2) ORDER BY expired_before DESC LIMIT 1"));
  statement.bind(1, name);
  statement.bind(2, other);
  return statement.run();
}

Result<std::string> select_older(sqlite3* connection, const CollectionShape& shape, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const auto place, shape.keep_since_column());
  const auto& column = shape.columns[place].name;
  EVENTSTORE_TRY_ASSIGN(const auto table, rows_table(connection, name));
  EVENTSTORE_TRY_ASSIGN(const bool has_index, has_index_of(connection, table, column));
  if (!has_index)
    return fmt::format("SELECT {} FROM {} WHERE {} < ?1 LIMIT ?2", row_number, quoted(table), quoted(column));
  // Indexes start with the organization: each is looked up, and its oldest documents in it.
  return fmt::format(
      "WITH RECURSIVE organizations(id) AS (SELECT min(organization_id) FROM {table} UNION ALL SELECT (SELECT "
      "min(organization_id) FROM {table} WHERE organization_id > organizations.id) FROM organizations WHERE "
      "organizations.id IS NOT NULL) SELECT documents.{row} FROM organizations CROSS JOIN {table} AS documents ON "
      "documents.organization_id = organizations.id AND documents.{column} < ?1 LIMIT ?2",
      fmt::arg("table", quoted(table)), fmt::arg("row", row_number), fmt::arg("column", quoted(column)));
}

// The triggers of the table take entries of large maps, words and places along.
Result<std::uint64_t> expire_documents(sqlite3* connection, const CollectionShape& shape, std::string_view name,
                                       Timestamp moment, std::size_t documents_max) {
  EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(connection, name));
  if (!exists) return failure(Errc::not_found, "expire documents", std::string{name}, "no such collection");
  EVENTSTORE_TRY_ASSIGN(const auto before, read_expired_before(connection, name));
  const auto latest = std::max(before.value_or(moment), moment);
  if (before != latest) EVENTSTORE_TRY(write_expired_before(connection, name, latest));
  EVENTSTORE_TRY_ASSIGN(const auto table, rows_table(connection, name));
  EVENTSTORE_TRY_ASSIGN(const auto select, select_older(connection, shape, name));
  EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, fmt::format("DELETE FROM {} WHERE {} IN ({})",
                                                                                   quoted(table), row_number, select)));
  const auto text = latest.to_string();
  DigestKeeper digest{connection, shape, name};
  EVENTSTORE_TRY_ASSIGN(const auto kept, read_digest(connection, name));
  EVENTSTORE_TRY(digest.begin(kept));
  constexpr std::size_t most = std::numeric_limits<std::int64_t>::max();
  statement.bind(1, std::string_view{text});
  statement.bind(2, static_cast<std::int64_t>(std::clamp<std::size_t>(documents_max, 1, most)));
  EVENTSTORE_TRY(statement.run());
  const auto removed = static_cast<std::uint64_t>(sqlite3_changes64(connection));
  EVENTSTORE_TRY(take_from_count(connection, name, removed));
  EVENTSTORE_TRY_ASSIGN(const auto now, digest.end());
  if (now) EVENTSTORE_TRY(write_digest(connection, name, now));
  return removed;
}

Result<void> expire_replacement(sqlite3* connection, const CollectionShape& shape, std::string_view replacement) {
  if (replacement == shape.name) return {};
  EVENTSTORE_TRY_ASSIGN(const auto live, read_expired_before(connection, shape.name));
  EVENTSTORE_TRY_ASSIGN(const auto made, read_expired_before(connection, replacement));
  if (live && shape.keep_since_column() && (!made || *made < *live))
    EVENTSTORE_TRY(expire_documents(connection, shape, replacement, *live, std::numeric_limits<std::int64_t>::max()));
  return {};
}

}  // namespace eventstore::engine::sqlite
