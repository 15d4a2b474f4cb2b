#pragma once
// Private to the exports: a new SQLite file that is filled in one go.
#include <sqlite3.h>
#include <cstdint>
#include <eventstore/core/result.hpp>
#include <memory>
#include <string>
#include <string_view>

namespace eventstore::app {

/// A prepared statement. Lifetime: within its file's.
class SqliteInsert {
 public:
  /// Texts live until the statement has run. What is not bound is NULL.
  void bind(int place, std::string_view text) {
    sqlite3_bind_text64(handle_.get(), place, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  void bind(int place, std::int64_t value) { sqlite3_bind_int64(handle_.get(), place, value); }
  void bind(int place, double value) { sqlite3_bind_double(handle_.get(), place, value); }
  /// Inserts the row, and binds nothing any more. Errors: out_of_space, out_of_memory, io_failed.
  Result<void> run();

 private:
  friend class SqliteFile;
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
  };
  explicit SqliteInsert(sqlite3_stmt* handle) : handle_{handle} {}
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

class SqliteFile {
 public:
  /// Makes the file `path`, which is only whole after finish(). Errors: io_failed, out_of_memory.
  static Result<SqliteFile> make(const std::string& path);

  /// Errors: out_of_space, out_of_memory, io_failed.
  Result<void> run(const std::string& sql);
  Result<SqliteInsert> prepare(const std::string& sql);
  /// Commits, and closes the file; no statement of it is left. Errors: likewise.
  Result<void> finish();

  /// `name` as an identifier, in quotes.
  static std::string quoted(std::string_view name);

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  explicit SqliteFile(sqlite3* handle) : handle_{handle} {}
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace eventstore::app
