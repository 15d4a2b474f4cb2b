#include "key_file.hpp"

#include <sys/stat.h>
#include <unistd.h>
#include <eventstore/os/file_system.hpp>
#include <eventstore/os/private_file.hpp>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

namespace eventstore::security {
namespace {

constexpr const char* opening = "open the key store";
constexpr std::int64_t format = 1;
constexpr const char* no_key_store = "the file is no key store, or is damaged";
constexpr int wait_millis_max = 10'000;

// The rows of `keys` are only ever added at the end, and each keeps its length: so none is ever moved within the file,
// and overwriting its key overwrites the only copy.
constexpr const char* tables =
    "CREATE TABLE meta (format INTEGER NOT NULL, log_id BLOB NOT NULL, made_at INTEGER NOT NULL, own_key BLOB NOT "
    "NULL, "
    "master_check BLOB NOT NULL, destroyed INTEGER NOT NULL);"
    "CREATE TABLE keys (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, organization TEXT NOT NULL, subject TEXT "
    "NOT NULL, wrapped BLOB NOT NULL, made_at INTEGER NOT NULL, UNIQUE (organization, subject));"
    "CREATE TABLE erasures (organization TEXT NOT NULL, subject TEXT NOT NULL, event_id BLOB NOT NULL, erased_at "
    "INTEGER "
    "NOT NULL, user_id TEXT NOT NULL, step INTEGER NOT NULL, PRIMARY KEY (organization, subject)) WITHOUT ROWID;";

Result<void> write_head(sqlite3* connection, const Uuid& log_id, const Cipher& master, Timestamp now) {
  auto own_key = random_key();
  const auto [own, check] = wrapped_head(log_id, master, own_key);
  wipe(own_key);
  EVENTSTORE_TRY_ASSIGN(auto statement,
                        Statement::prepare(connection, "INSERT INTO meta VALUES (?1, ?2, ?3, ?4, ?5, 0)"));
  statement.bind(1, format);
  statement.bind_blob(2, std::as_bytes(std::span{log_id.octets}));
  statement.bind(3, now.micros);
  statement.bind_blob(4, own);
  statement.bind_blob(5, check);
  return statement.run();
}

Result<void> fill(const std::string& path, const Uuid& log_id, const Cipher& master, Timestamp now) {
  EVENTSTORE_TRY_ASSIGN(const auto connection, open_key_file(path, KeyFileAccess::write));
  EVENTSTORE_TRY_ASSIGN(auto transaction, Transaction::begin(connection.get()));
  EVENTSTORE_TRY(run_sql(connection.get(), tables));
  EVENTSTORE_TRY(write_head(connection.get(), log_id, master, now));
  return transaction.commit();
}

Result<void> put_key_file(const std::string& meanwhile, const std::string& path) {
  if (::link(meanwhile.c_str(), path.c_str()) != 0 && errno != EEXIST)
    return failure(Error{Errc::io_failed, "make the key store", path, {}, Position{0}, errno});
  return PosixFileSystem{}.sync_directory(directory_of_file(path));
}

tl::unexpected<Error> damaged(sqlite3* connection, std::string what) {
  const char* const file = sqlite3_db_filename(connection, nullptr);
  return failure(Errc::corrupt_record, opening, file == nullptr ? "" : file,
                 std::move(what) + ": restore the key store's backup");
}

}  // namespace

Result<void> make_key_file(const std::string& path, const Uuid& log_id, const MasterKey& master, Timestamp now) {
  EVENTSTORE_TRY(make_private_directory(directory_of_file(path)));
  const auto meanwhile = path + "." + random_id().to_string() + ".tmp";
  EVENTSTORE_TRY(make_private_file(meanwhile, {}));
  const Cipher cipher{master.bytes()};
  auto made = fill(meanwhile, log_id, cipher, now);
  if (made) made = put_key_file(meanwhile, path);
  ::unlink(meanwhile.c_str());
  return made;
}

Result<bool> has_key_file(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return true;
  if (errno == ENOENT || errno == ENOTDIR) return false;
  return failure(Error{Errc::io_failed, opening, path, {}, Position{0}, errno});
}

Result<Connection> open_key_file(const std::string& path, KeyFileAccess access) {
  // A reader, too, so that it can undo what a killed process left half-written; SQLite itself falls back to reading.
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  Connection connection{handle};
  if (code != SQLITE_OK) return last_error(handle, opening);
  sqlite3_busy_timeout(handle, wait_millis_max);
  // What is overwritten or deleted is overwritten in the file, and nothing goes to files elsewhere.
  auto set = run_sql(handle, "PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY");
  if (set && access == KeyFileAccess::read_only) set = run_sql(handle, "PRAGMA query_only = ON");
  if (set) return connection;
  return set.error().code == Errc::corrupt_record ? damaged(handle, no_key_store) : failure_of(set);
}

Result<KeyFileHead> read_head(sqlite3* connection) {
  auto statement = Statement::prepare(connection, "SELECT * FROM meta");
  if (!statement)
    return statement.error().code == Errc::not_found || statement.error().code == Errc::corrupt_record
               ? damaged(connection, no_key_store)
               : failure_of(statement);
  EVENTSTORE_TRY_ASSIGN(const bool found, statement->step());
  if (!found) return damaged(connection, "its first table is empty");
  if (statement->integer(0) > format)
    return failure(Errc::newer_format, opening, sqlite3_db_filename(connection, nullptr),
                   fmt::format("its format is {}, and this build reads {} at most: use a newer one",
                               statement->integer(0), format));
  KeyFileHead head;
  const auto log_id = as_bytes(statement->bytes(1));
  const auto own_key = as_bytes(statement->bytes(3));
  const auto check = as_bytes(statement->bytes(4));
  if (statement->columns() != 6 || log_id.size() != head.log_id.octets.size())
    return damaged(connection, "its first table is damaged");
  std::memcpy(head.log_id.octets.data(), log_id.data(), log_id.size());
  head.own_key.assign(own_key.begin(), own_key.end());
  head.check.assign(check.begin(), check.end());
  head.destroyed = static_cast<std::uint64_t>(statement->integer(5));
  return head;
}

// In a log a transaction costs one sync, beside five with a journal.
Result<void> begin_log(sqlite3* connection) { return run_sql(connection, "PRAGMA journal_mode = WAL"); }

Result<void> empty_log(sqlite3* connection) {
  EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, "PRAGMA wal_checkpoint(TRUNCATE)"));
  EVENTSTORE_TRY_ASSIGN(const bool answered, statement.step());
  if (answered && statement.integer(0) == 0) return {};
  const char* const file = sqlite3_db_filename(connection, nullptr);
  return failure(Errc::locked, "clear the key store's log", file == nullptr ? "" : file,
                 "another program reads what the key store was before: end it, and try again");
}

void leave_key_file(sqlite3* connection) {
  sqlite3_busy_timeout(connection, 0);
  // Fails while others have the file open: the last one that writes does it.
  (void)run_sql(connection, "PRAGMA journal_mode = DELETE");
}

std::pair<WrappedKey, WrappedKey> wrapped_head(const Uuid& log_id, const Cipher& master, const KeyBytes& own_key) {
  return {wrap(master, use_of(log_id, "own key"), own_key), wrap(master, use_of(log_id, "check"), KeyBytes{})};
}

Result<std::shared_ptr<const OpenedHead>> open_head(const KeyFileHead& head, const MasterKey& master,
                                                    const Uuid& log_id, const std::string& path) {
  if (head.log_id != log_id)
    return failure(Errc::invalid_argument, opening, path,
                   fmt::format("it belongs to the log {}, and this log is {}: put the key store of this log there",
                               head.log_id.to_string(), log_id.to_string()));
  const Cipher cipher{master.bytes()};
  auto own_key = unwrap(cipher, use_of(log_id, "own key"), head.own_key);
  const bool is_right = unwrap(cipher, use_of(log_id, "check"), head.check).has_value();
  if (!own_key && !is_right)
    return failure(Errc::missing_key, opening, path,
                   "the master key does not open this key store: give the one with which it was made, by "
                   "EVENTSTORE_MASTER_KEY_FILE or EVENTSTORE_MASTER_KEY");
  if (!own_key || !is_right)
    return failure(Errc::corrupt_record, opening, path, "its own key is damaged: restore the key store's backup");
  auto opened = std::make_shared<const OpenedHead>(master.bytes(), *own_key, head.check);
  wipe(*own_key);
  return opened;
}

}  // namespace eventstore::security
