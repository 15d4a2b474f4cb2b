#pragma once
// SQLite's handles with owners, and its errors as ours. Private to what keeps its data in SQLite: each such folder has
// a header that includes this one.
#include <sqlite3.h>
#include <eventstore/core/bytes.hpp>
#include <eventstore/core/result.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace eventstore::sql {

using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string>;

struct CloseConnection {
  void operator()(sqlite3* connection) const { sqlite3_close(connection); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

using Connection = std::unique_ptr<sqlite3, CloseConnection>;

/// The last error of `connection`, while `during` something.
tl::unexpected<Error> last_error(sqlite3* connection, std::string_view during);

/// `name` as an SQL identifier, in quotes.
std::string quoted(std::string_view name);

/// A value as it lies in the file.
struct RawValue {
  int type = SQLITE_NULL;
  std::uint64_t bits = 0;  ///< of a number; of a text or a blob its length
  std::string_view bytes{};

  friend bool operator==(const RawValue&, const RawValue&) = default;
};

/// A prepared statement. Lifetime: within its connection's.
class Statement {
 public:
  static Result<Statement> prepare(sqlite3* connection, std::string_view sql);

  /// Views that are bound must live until the statement was run.
  void bind_null(int place) { sqlite3_bind_null(handle_.get(), place); }
  void bind(int place, std::int64_t value) { sqlite3_bind_int64(handle_.get(), place, value); }
  void bind(int place, double value) { sqlite3_bind_double(handle_.get(), place, value); }
  void bind(int place, std::string_view text) {
    sqlite3_bind_text64(handle_.get(), place, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  void bind_copy(int place, std::string_view text) {
    sqlite3_bind_text64(handle_.get(), place, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  void bind_blob(int place, BytesView bytes) {
    sqlite3_bind_blob64(handle_.get(), place, bytes.data(), bytes.size(), SQLITE_STATIC);
  }
  void bind(int place, const Value& value);

  /// True: a row is there; false: done.
  Result<bool> step();
  /// Runs to the end and makes ready for the next run, for which every value is bound again.
  Result<void> run();
  void reset();

  [[nodiscard]] int columns() const { return sqlite3_column_count(handle_.get()); }
  /// Lifetime: the statement's.
  [[nodiscard]] std::string_view name(int column) const { return sqlite3_column_name(handle_.get(), column); }
  [[nodiscard]] int column_type(int column) const { return sqlite3_column_type(handle_.get(), column); }
  [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }
  [[nodiscard]] double real(int column) const { return sqlite3_column_double(handle_.get(), column); }
  /// Lifetime: until the next step.
  [[nodiscard]] std::string_view text(int column) const;
  /// As text, of a text or a blob, without a zero after it: SQLite makes no copy.
  [[nodiscard]] std::string_view bytes(int column) const;
  /// Lifetime: until the next step.
  [[nodiscard]] RawValue raw(int column) const;
  [[nodiscard]] Value value(int column) const;

 private:
  explicit Statement(sqlite3_stmt* handle) : handle_{handle} {}
  std::unique_ptr<sqlite3_stmt, FinalizeStatement> handle_;
};

/// Runs `sql`, one or several statements without rows.
Result<void> run_sql(sqlite3* connection, const std::string& sql);

/// Whether there is a table, index or view of that name.
Result<bool> table_exists(sqlite3* connection, std::string_view name);

/// All that is read until its end is of one moment. Within a transaction it does nothing.
class Moment {
 public:
  static Result<Moment> begin(sqlite3* connection);
  ~Moment();
  Moment(Moment&& other) noexcept : connection_{std::exchange(other.connection_, nullptr)} {}
  Moment& operator=(Moment&&) = delete;

 private:
  explicit Moment(sqlite3* connection) : connection_{connection} {}
  sqlite3* connection_;  // null: the transaction is another's
};

/// Rolls back unless it was committed.
class Transaction {
 public:
  static Result<Transaction> begin(sqlite3* connection);
  Result<void> commit();
  ~Transaction();
  Transaction(Transaction&& other) noexcept : connection_{std::exchange(other.connection_, nullptr)} {}
  Transaction& operator=(Transaction&&) = delete;

 private:
  explicit Transaction(sqlite3* connection) : connection_{connection} {}
  sqlite3* connection_;
};

}  // namespace eventstore::sql
