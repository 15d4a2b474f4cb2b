#include "sqlite_file.hpp"

namespace eventstore::app {
namespace {

// The file is thrown away unless all of it was written, so it needs no journal.
constexpr const char* settings =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; "
    "PRAGMA cache_size = -65536; BEGIN";

tl::unexpected<Error> last_error(sqlite3* handle) {
  const auto code_of = [](int code) {
    switch (code & 0xFF) {
      case SQLITE_FULL: return Errc::out_of_space;
      case SQLITE_NOMEM: return Errc::out_of_memory;
      default: return Errc::io_failed;
    }
  };
  const char* const file = handle == nullptr ? nullptr : sqlite3_db_filename(handle, nullptr);
  return failure(code_of(handle == nullptr ? SQLITE_NOMEM : sqlite3_errcode(handle)), "write SQLite",
                 file == nullptr ? "" : file, handle == nullptr ? "out of memory" : sqlite3_errmsg(handle));
}

}  // namespace

Result<void> SqliteInsert::run() {
  const int code = sqlite3_step(handle_.get());
  auto* const file = sqlite3_db_handle(handle_.get());
  if (code != SQLITE_DONE) return last_error(file);
  sqlite3_reset(handle_.get());
  sqlite3_clear_bindings(handle_.get());
  return {};
}

Result<SqliteFile> SqliteFile::make(const std::string& path) {
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  SqliteFile file{handle};
  if (code != SQLITE_OK) return last_error(handle);
  EVENTSTORE_TRY(file.run(settings));
  return file;
}

Result<void> SqliteFile::run(const std::string& sql) {
  if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return last_error(handle_.get());
  return {};
}

Result<SqliteInsert> SqliteFile::prepare(const std::string& sql) {
  sqlite3_stmt* handle = nullptr;
  if (sqlite3_prepare_v2(handle_.get(), sql.c_str(), static_cast<int>(sql.size() + 1), &handle, nullptr) != SQLITE_OK)
    return last_error(handle_.get());
  return SqliteInsert{handle};
}

Result<void> SqliteFile::finish() {
  EVENTSTORE_TRY(run("COMMIT"));
  if (sqlite3_close(handle_.get()) != SQLITE_OK) return last_error(handle_.get());
  (void)handle_.release();
  return {};
}

std::string SqliteFile::quoted(std::string_view name) {
  std::string text{"\""};
  for (const char c : name) text += c == '"' ? std::string{"\"\""} : std::string{c};
  return text + '"';
}

}  // namespace eventstore::app
