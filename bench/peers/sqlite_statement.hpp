#pragma once
// As much of SQLite in C++ as the peers need.
#include <sqlite3.h>

#include <eventstore/core/bytes.hpp>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace bench {

class SqliteConnection {
 public:
  SqliteConnection(const std::filesystem::path& file, int flags) {
    check(sqlite3_open_v2(file.c_str(), &raw_, flags | SQLITE_OPEN_NOMUTEX, nullptr));
    sqlite3_busy_timeout(raw_, 60'000);
  }
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;
  ~SqliteConnection() { sqlite3_close_v2(raw_); }

  void run(const char* sql) { check(sqlite3_exec(raw_, sql, nullptr, nullptr, nullptr)); }
  void check(int code) const {
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
      throw std::runtime_error{std::string{"sqlite: "} + sqlite3_errmsg(raw_)};
  }
  [[nodiscard]] sqlite3* raw() const { return raw_; }

 private:
  sqlite3* raw_ = nullptr;
};

/// Parameters and columns are counted from 0. Bound text and bytes must live until the statement is reset.
class SqliteStatement {
 public:
  SqliteStatement(SqliteConnection& connection, const char* sql) : connection_{connection} {
    connection.check(sqlite3_prepare_v3(connection.raw(), sql, -1, SQLITE_PREPARE_PERSISTENT, &raw_, nullptr));
  }
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;
  ~SqliteStatement() { sqlite3_finalize(raw_); }

  void bind(int index, std::int64_t value) { sqlite3_bind_int64(raw_, index + 1, value); }
  void bind(int index, double value) { sqlite3_bind_double(raw_, index + 1, value); }
  void bind_null(int index) { sqlite3_bind_null(raw_, index + 1); }
  void bind(int index, std::string_view text) {
    sqlite3_bind_text(raw_, index + 1, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
  }
  void bind(int index, eventstore::BytesView bytes) {
    sqlite3_bind_blob(raw_, index + 1, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
  }
  /// True where there is a row.
  bool step() {
    const int code = sqlite3_step(raw_);
    connection_.check(code);
    return code == SQLITE_ROW;
  }
  void reset() { sqlite3_reset(raw_); }
  void run() {
    step();
    reset();
  }

  [[nodiscard]] std::uint64_t number(int column) const {
    return static_cast<std::uint64_t>(sqlite3_column_int64(raw_, column));
  }
  [[nodiscard]] std::string_view text(int column) const { return eventstore::as_text(bytes(column)); }
  [[nodiscard]] eventstore::BytesView bytes(int column) const {
    const auto* const data = static_cast<const std::byte*>(sqlite3_column_blob(raw_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(raw_, column))};
  }
  [[nodiscard]] sqlite3_stmt* raw() const { return raw_; }

 private:
  SqliteConnection& connection_;
  sqlite3_stmt* raw_ = nullptr;
};

}  // namespace bench
