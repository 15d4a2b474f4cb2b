// Leaves nothing in the file of what documents were before.
#include "checkpoints.hpp"
#include "counts.hpp"
#include "impl.hpp"

#include <fmt/format.h>

#include <vector>

namespace eventstore {
inline namespace v1 {
namespace {

using sqlite::quoted;

// Without it SQLite fills new pages from memory that may have held earlier ones. VACUUM's own file inherits it.
class SecureDelete {
 public:
  static Result<SecureDelete> begin(sqlite3* connection) {
    EVENTSTORE_TRY_ASSIGN(auto statement, sqlite::Statement::prepare(connection, "PRAGMA secure_delete"));
    EVENTSTORE_TRY(statement.step());
    const auto before = statement.integer(0);
    EVENTSTORE_TRY(sqlite::run_sql(connection, "PRAGMA secure_delete = ON"));
    return SecureDelete{connection, before};
  }
  ~SecureDelete() {
    if (connection_ != nullptr)
      (void)sqlite::run_sql(connection_,
                            fmt::format("PRAGMA secure_delete = {}", before_ == 2 ? "FAST" : std::to_string(before_)));
  }
  SecureDelete(SecureDelete&& other) noexcept
      : connection_{std::exchange(other.connection_, nullptr)}, before_{other.before_} {}
  SecureDelete& operator=(SecureDelete&&) = delete;

 private:
  SecureDelete(sqlite3* connection, std::int64_t before) : connection_{connection}, before_{before} {}
  sqlite3* connection_;  // null: moved away
  std::int64_t before_;  // 0: off; 1: on; 2: where it costs nothing
};

// Merged into one part, the index drops the words of rows that changed or went.
Result<void> merge_words(sqlite3* connection, const std::string& name) {
  const auto table = name + "_text";
  EVENTSTORE_TRY_ASSIGN(const bool exists, sqlite::table_exists(connection, table));
  if (!exists) return {};
  return sqlite::run_sql(connection, fmt::format("INSERT INTO {0}({0}) VALUES ('optimize')", quoted(table)));
}

// A node of the R*Tree keeps the coordinates of places that have left it, and VACUUM copies nodes as they are.
Result<void> remake_places(sqlite3* connection, const std::string& name) {
  const auto table = name + "_location";
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        sqlite::Statement::prepare(connection, "SELECT sql FROM sqlite_master WHERE name = ?1"));
  statement.bind(1, std::string_view{table});
  EVENTSTORE_TRY_ASSIGN(const bool exists, statement.step());
  if (!exists) return {};
  const std::string make{statement.text(0)};
  statement.reset();
  return sqlite::run_sql(connection,
                         fmt::format("CREATE TEMP TABLE _places AS SELECT * FROM main.{0}; DROP TABLE main.{0}; {1}; "
                                     "INSERT INTO main.{0} SELECT * FROM temp._places; DROP TABLE temp._places;",
                                     quoted(table), make));
}

// What ANALYZE of another program may have taken: values of indexed columns.
Result<void> forget_samples(sqlite3* connection) {
  EVENTSTORE_TRY_ASSIGN(const bool exists, sqlite::table_exists(connection, "sqlite_stat4"));
  return exists ? sqlite::run_sql(connection, "DELETE FROM sqlite_stat4") : Result<void>{};
}

Result<void> clean_indexes(sqlite3* connection, const std::vector<std::string>& names) {
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(connection));
  for (const auto& name : names) {
    EVENTSTORE_TRY(merge_words(connection, name));
    EVENTSTORE_TRY(remake_places(connection, name));
  }
  EVENTSTORE_TRY(forget_samples(connection));
  return transaction.commit();
}

// VACUUM may number the rows of a table anew that has no index yet: who reads it in parts sees that it is not the one
// that it was. The digest of a finished one stays, because its rows do.
Result<void> note_new_numbers(sqlite3* connection, const std::vector<std::string>& names) {
  EVENTSTORE_TRY_ASSIGN(auto transaction, sqlite::Transaction::begin(connection));
  for (const auto& name : names) {
    EVENTSTORE_TRY_ASSIGN(auto known, sqlite::read_count(connection, name));
    EVENTSTORE_TRY_ASSIGN(const auto place, sqlite::read_place(connection, name));
    if (!known || !place || !place->is_building) continue;
    ++known->changes;
    EVENTSTORE_TRY(sqlite::write_count(connection, name, *known));
  }
  return transaction.commit();
}

// Copies all of the write-ahead log into the file, which shrinks to its new size, and empties it.
Result<void> empty_wal(sqlite3* connection, const std::string& path) {
  EVENTSTORE_TRY_ASSIGN(auto statement, sqlite::Statement::prepare(connection, "PRAGMA wal_checkpoint(TRUNCATE)"));
  EVENTSTORE_TRY_ASSIGN(const bool has_row, statement.step());
  if (has_row && statement.integer(0) == 0) return {};
  return failure(Errc::locked, "purge collections", path,
                 "another program still reads what documents were before, so the file may still hold it: end its query "
                 "or transaction, and try again");
}

// Says what an error leaves and what to do.
Result<void> explained(Result<void> done, const std::string& path) {
  if (done) return done;
  auto& error = done.error();
  error.during = "purge collections";
  if (error.code == Errc::locked)
    return failure(Errc::locked, error.during, path,
                   "another program writes, so the file may still hold what documents were before: end its "
                   "transaction, and try again");
  if (error.code == Errc::out_of_space)
    error.detail +=
        ": the file may still hold what documents were before; make room for another copy of it, there and in the "
        "directory for temporary files (SQLITE_TMPDIR), and try again";
  return done;
}

}  // namespace

Result<void> SqliteCollections::purge() {
  impl_->writers.clear();
  auto* const handle = impl_->handle();
  if (sqlite3_get_autocommit(handle) == 0)
    return failure(Errc::invalid_argument, "purge collections", impl_->path, "a snapshot is held: release it first");
  const auto work = [&]() -> Result<void> {
    EVENTSTORE_TRY_ASSIGN(const auto secure, SecureDelete::begin(handle));
    EVENTSTORE_TRY_ASSIGN(const auto all, names());
    EVENTSTORE_TRY(clean_indexes(handle, all));
    EVENTSTORE_TRY(sqlite::run_sql(handle, "VACUUM"));
    return note_new_numbers(handle, all);
  };
  EVENTSTORE_TRY(explained(work(), impl_->path));
  return empty_wal(handle, impl_->path);
}

}  // namespace v1
}  // namespace eventstore
