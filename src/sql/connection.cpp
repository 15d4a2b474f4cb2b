#include "connection.hpp"

#include <cstring>

namespace eventstore::sql {
namespace {

Errc code_of(int sqlite_code) {
  switch (sqlite_code & 0xFF) {
    case SQLITE_FULL: return Errc::out_of_space;
    case SQLITE_NOMEM: return Errc::out_of_memory;
    case SQLITE_INTERRUPT: return Errc::stopped;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Errc::locked;
    case SQLITE_READONLY:
    case SQLITE_PERM: return Errc::read_only;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Errc::corrupt_record;
    case SQLITE_ERROR:
    case SQLITE_RANGE:
    case SQLITE_MISMATCH: return Errc::invalid_argument;
    default: return Errc::io_failed;
  }
}

}  // namespace

tl::unexpected<Error> last_error(sqlite3* connection, std::string_view during) {
  const char* const file = sqlite3_db_filename(connection, nullptr);
  const std::string said = sqlite3_errmsg(connection);
  // A collection, or its index of words or places, that was not made yet is an answer and no wrong call.
  const auto code = said.starts_with("no such table") ? Errc::not_found : code_of(sqlite3_errcode(connection));
  return failure(code, std::string{during}, file == nullptr ? "" : file, said);
}

std::string quoted(std::string_view name) {
  std::string text{"\""};
  for (const char c : name) text += c == '"' ? std::string{"\"\""} : std::string{c};
  return text + '"';
}

Result<Statement> Statement::prepare(sqlite3* connection, std::string_view sql) {
  sqlite3_stmt* handle = nullptr;
  if (sqlite3_prepare_v2(connection, sql.data(), static_cast<int>(sql.size()), &handle, nullptr) != SQLITE_OK)
    return last_error(connection, "prepare SQL");
  if (handle == nullptr) return failure(Errc::invalid_argument, "prepare SQL", "", "the text has no statement");
  return Statement{handle};
}

void Statement::bind(int place, const Value& value) {
  struct Binder {
    Statement& statement;
    int place;
    void operator()(std::nullptr_t) const { statement.bind_null(place); }
    void operator()(std::int64_t number) const { statement.bind(place, number); }
    void operator()(double number) const { statement.bind(place, number); }
    void operator()(const std::string& text) const { statement.bind_copy(place, text); }
  };
  std::visit(Binder{*this, place}, value);
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return last_error(sqlite3_db_handle(handle_.get()), "run SQL");
}

Result<void> Statement::run() {
  auto more = step();
  while (more && *more) more = step();
  sqlite3_reset(handle_.get());  // its values stay bound until others are, and are not read before
  if (!more) return failure_of(more);
  return {};
}

void Statement::reset() {
  sqlite3_reset(handle_.get());
  sqlite3_clear_bindings(handle_.get());
}

std::string_view Statement::text(int column) const {
  const auto* const text = sqlite3_column_text(handle_.get(), column);
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

std::string_view Statement::bytes(int column) const {
  const auto* const bytes = static_cast<const char*>(sqlite3_column_blob(handle_.get(), column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

RawValue Statement::raw(int column) const {
  auto* const value = sqlite3_column_value(handle_.get(), column);
  RawValue raw{sqlite3_value_type(value), 0, {}};
  switch (raw.type) {
    case SQLITE_NULL: break;
    case SQLITE_INTEGER: raw.bits = static_cast<std::uint64_t>(sqlite3_value_int64(value)); break;
    case SQLITE_FLOAT: {
      const double real = sqlite3_value_double(value);
      std::memcpy(&raw.bits, &real, sizeof real);
      break;
    }
    default: {
      // Asked for as a text, SQLite would make it end with a zero.
      const auto* const bytes = static_cast<const char*>(sqlite3_value_blob(value));
      raw.bits = static_cast<std::uint64_t>(sqlite3_value_bytes(value));
      if (bytes != nullptr) raw.bytes = {bytes, static_cast<std::size_t>(raw.bits)};
    }
  }
  return raw;
}

Value Statement::value(int column) const {
  switch (column_type(column)) {
    case SQLITE_INTEGER: return integer(column);
    case SQLITE_FLOAT: return real(column);
    case SQLITE_NULL: return nullptr;
    default: return std::string{text(column)};
  }
}

Result<bool> table_exists(sqlite3* connection, std::string_view name) {
  EVENTSTORE_TRY_ASSIGN(auto statement, Statement::prepare(connection, "SELECT 1 FROM sqlite_master WHERE name = ?1"));
  statement.bind(1, name);
  return statement.step();
}

Result<void> run_sql(sqlite3* connection, const std::string& sql) {
  if (sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return last_error(connection, "run SQL");
  return {};
}

Result<Moment> Moment::begin(sqlite3* connection) {
  if (sqlite3_get_autocommit(connection) == 0) return Moment{nullptr};
  EVENTSTORE_TRY(run_sql(connection, "BEGIN"));
  return Moment{connection};
}

Moment::~Moment() {
  if (connection_ != nullptr && sqlite3_get_autocommit(connection_) == 0)
    (void)sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);  // it has written nothing
}

Result<Transaction> Transaction::begin(sqlite3* connection) {
  EVENTSTORE_TRY(run_sql(connection, "BEGIN IMMEDIATE"));
  return Transaction{connection};
}

Result<void> Transaction::commit() {
  EVENTSTORE_TRY(run_sql(connection_, "COMMIT"));
  connection_ = nullptr;
  return {};
}

Transaction::~Transaction() {
  // After some errors SQLite has rolled back. A rollback that fails leaves nothing to do: it happens when the
  // connection closes.
  if (connection_ != nullptr && sqlite3_get_autocommit(connection_) == 0)
    (void)sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace eventstore::sql
