#include "kept.hpp"

#include "certificates.hpp"
#include "counts.hpp"
#include "expiry.hpp"
#include "layout.hpp"
#include "paces.hpp"
#include "passed_over.hpp"
#include "set_aside.hpp"

#include <eventstore/collections/collections.hpp>

namespace eventstore::engine::sqlite {
namespace {

Result<void> run_with(sqlite3* connection, std::string_view sql, std::string_view first, std::string_view second) {
  EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, sql));
  statement.bind(1, first);
  if (!second.empty()) statement.bind(2, second);
  return statement.run();
}

Result<void> save_triggers(sqlite3* connection, std::string_view kept, const std::string& sql) {
  EVENTSTORE_TRY(
      run_sql(connection,
              "CREATE TABLE IF NOT EXISTS _kept_triggers (collection TEXT NOT NULL PRIMARY KEY, sql TEXT NOT "
              "NULL) WITHOUT ROWID"));
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection, "INSERT OR REPLACE INTO _kept_triggers VALUES (?1, ?2)"));
  statement.bind(1, kept);
  statement.bind(2, std::string_view{sql});
  return statement.run();
}

Result<std::string> saved_triggers(sqlite3* connection, std::string_view kept) {
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection, "SELECT sql FROM _kept_triggers WHERE collection = ?1"));
  statement.bind(1, kept);
  EVENTSTORE_TRY_ASSIGN(const bool found, statement.step());
  return found ? std::string{statement.text(0)} : std::string{};
}

Result<void> move_collection(sqlite3* connection, std::string_view from, std::string_view to) {
  EVENTSTORE_TRY(rename_tables(connection, from, to));
  return move_records(connection, from, to);
}

}  // namespace

Result<void> move_records(sqlite3* connection, std::string_view from, std::string_view to) {
  EVENTSTORE_TRY_ASSIGN(const auto digest, read_digest(connection, from));
  EVENTSTORE_TRY(replace_count(connection, to, from));
  EVENTSTORE_TRY(replace_certificate(connection, to, from, digest));
  EVENTSTORE_TRY(run_with(connection, "DELETE FROM _checkpoints WHERE collection = ?1 AND ?1 <> ?2", to, from));
  EVENTSTORE_TRY(run_with(connection, "UPDATE _checkpoints SET collection = ?1 WHERE collection = ?2", to, from));
  EVENTSTORE_TRY(replace_passed_over(connection, to, from));
  EVENTSTORE_TRY(replace_set_aside(connection, to, from));
  EVENTSTORE_TRY(write_pace(connection, from, std::nullopt));
  if (to == from) return {};
  EVENTSTORE_TRY(replace_expired_before(connection, to, from));
  return replace_expired_before(connection, from, {});
}

Result<void> keep_collection(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(connection, name));
  if (!exists) return {};
  const auto kept = kept_name(name);
  EVENTSTORE_TRY(drop_collection(connection, kept));
  EVENTSTORE_TRY_ASSIGN(const auto triggers, take_triggers(connection, name));
  EVENTSTORE_TRY(move_collection(connection, name, kept));
  return save_triggers(connection, kept, triggers);
}

Result<void> swap_with_kept(sqlite3* connection, std::string_view name) {
  const auto kept = kept_name(name);
  EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(connection, kept));
  if (!exists)
    return failure(Errc::not_found, "roll back", std::string{name},
                   "no collection is kept: the last rebuild replaced none, or a later one has begun");
  EVENTSTORE_TRY_ASSIGN(const bool is_live, table_exists(connection, name));
  EVENTSTORE_TRY_ASSIGN(const auto triggers, saved_triggers(connection, kept));
  const auto aside = std::string{name} + "__aside";
  std::string of_live;
  if (is_live) {
    EVENTSTORE_TRY_ASSIGN(of_live, take_triggers(connection, name));
    EVENTSTORE_TRY(move_collection(connection, name, aside));
  }
  EVENTSTORE_TRY(move_collection(connection, kept, name));
  EVENTSTORE_TRY(run_sql(connection, triggers));
  if (!is_live) return forget_kept(connection, kept);
  EVENTSTORE_TRY(move_collection(connection, aside, kept));
  EVENTSTORE_TRY(keep_later_moment(connection, name, kept));
  return save_triggers(connection, kept, of_live);
}

Result<void> forget_kept(sqlite3* connection, std::string_view kept) {
  EVENTSTORE_TRY_ASSIGN(const bool exists, table_exists(connection, "_kept_triggers"));
  if (!exists) return {};
  return run_with(connection, "DELETE FROM _kept_triggers WHERE collection = ?1", kept, {});
}

}  // namespace eventstore::engine::sqlite
