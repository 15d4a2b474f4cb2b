#include "database_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checkpoints.hpp"
#include "words_function.hpp"

#include <fmt/format.h>

namespace eventstore::engine::sqlite {
namespace {

// Collections are caches of the log: a commit that a power cut takes back is made again from its checkpoint, so
// synchronous=NORMAL, under which WAL stays consistent, is enough.
constexpr const char* settings = "PRAGMA synchronous = NORMAL";

// Of a new file; others keep theirs. Half of a row is empty at the end of a page, on average, and each page that is
// written costs two calls of the system: docs/inside/projection-speed.md has the figures.
constexpr const char* page_size = "PRAGMA page_size = 8192";

// The WAL may have so many bytes, so that a page that several batches change is copied into the database once.
constexpr std::int64_t wal_bytes = std::int64_t{64} << 20;

constexpr int busy_millis_max = 10'000;

constexpr std::string_view in_memory = ":memory:";

Result<void> set_wal_size(sqlite3* connection) {
  EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, "PRAGMA page_size"));
  EVENTSTORE_TRY(statement.step());
  return run_sql(connection, fmt::format("PRAGMA wal_autocheckpoint = {}", wal_bytes / statement.integer(0)));
}

Result<void> prepare_to_write(sqlite3* connection, const std::string& path) {
  EVENTSTORE_TRY(run_sql(connection, page_size));
  const auto changed = run_sql(connection, "PRAGMA journal_mode = WAL");
  if (!changed && changed.error().code == Errc::locked)
    return failure(Errc::locked, "open collections", path,
                   "another program has the file locked: end its query or transaction, and try again");
  if (!changed) return tl::unexpected<Error>{changed.error()};
  EVENTSTORE_TRY(run_sql(connection, settings));
  EVENTSTORE_TRY(set_wal_size(connection));
  EVENTSTORE_TRY(run_sql(connection, cache));
  return make_checkpoints(connection);
}

// SQLite opens a file before it looks at it; a log beside it needs more files, which cannot be made everywhere.
Result<void> try_to_read(sqlite3* connection, const std::string& path) {
  const auto read = run_sql(connection, "SELECT 1 FROM sqlite_master");
  const int code = sqlite3_errcode(connection) & 0xFF;
  if (read || (code != SQLITE_CANTOPEN && code != SQLITE_READONLY)) return {};  // a question tells what else is wrong
  return failure(Errc::io_failed, "open collections", path,
                 "its directory cannot be written, and the last program that wrote did not end in good order: run "
                 "`project run` where the directory can be written, or copy the file and its -wal elsewhere");
}

// Documents are in clear, so their file is for its owner alone. SQLite gives the files beside it the same mode. One
// that is there keeps its own; where none can be made, SQLite tells why.
void make_for_owner(const std::string& path) {
  const int made = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made >= 0) ::close(made);
}

// A pipe of this name would be waited for.
Result<void> look_at_file(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode)) return {};
  return failure(Errc::io_failed, "open collections", path,
                 "it is a directory, a pipe or a device, and a regular file is needed: move it away");
}

}  // namespace

Result<Connection> open_database(const std::string& path, SqliteCollections::Mode mode) {
  const bool writes = mode == SqliteCollections::Mode::read_write;
  const int flags = (writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX;
  EVENTSTORE_TRY(look_at_file(path));
  if (writes && path != in_memory) make_for_owner(path);
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  Connection connection{handle};
  if (code == SQLITE_CANTOPEN && !writes)
    return failure(Errc::not_found, "open collections", path,
                   "the store has no collections yet: run `project run` first");
  if (code != SQLITE_OK) return last_error(handle, "open collections");
  sqlite3_busy_timeout(handle, busy_millis_max);
  EVENTSTORE_TRY(add_words_function(handle));
  EVENTSTORE_TRY(writes ? prepare_to_write(handle, path) : try_to_read(handle, path));
  return connection;
}

void leave_for_readers(sqlite3* connection) {
  sqlite3_busy_timeout(connection, 0);
  // Fails while others have the file open: the last one that writes does it.
  (void)run_sql(connection, "PRAGMA journal_mode = DELETE");
}

}  // namespace eventstore::engine::sqlite
