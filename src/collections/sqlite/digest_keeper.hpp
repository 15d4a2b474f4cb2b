#pragma once
// Private to the SQLite engine: keeps the digest of a collection's documents while they are written, whichever
// statement or trigger changes them: SQLite tells of each row that it is about to change.
#include "row_digest.hpp"

#include <optional>

namespace eventstore::engine::sqlite {

/// Threads: one at a time. At most one keeper of a connection follows it at a time.
class DigestKeeper {
 public:
  /// `connection` outlives the keeper.
  DigestKeeper(sqlite3* connection, CollectionShape shape, std::string_view collection)
      : connection_{connection}, shape_{std::move(shape)}, collection_{collection} {}
  ~DigestKeeper() { stop(); }
  DigestKeeper(const DigestKeeper&) = delete;
  DigestKeeper& operator=(const DigestKeeper&) = delete;

  /// Follows what the transaction changes from here on. Does nothing where no digest is kept.
  Result<void> begin(const std::optional<Digest128>& kept);
  /// The digest as it is after the changes. Errors: out_of_memory, and others of a row that could not be read before it
  /// changed: then the transaction must be rolled back.
  Result<std::optional<Digest128>> end();

 private:
  class OldValues;
  class NewValues;
  static void on_change(void* keeper, sqlite3* connection, int operation, const char* database, const char* table,
                        sqlite3_int64 old_row, sqlite3_int64 new_row) noexcept;
  void change_row(int operation, std::int64_t row);
  void change_entry(int operation);
  template <class Values> Digest128 entry_of(const Values& values);
  Result<void> learn_tables();
  void stop();

  sqlite3* connection_;
  CollectionShape shape_;
  std::string collection_;
  std::string rows_{};   // the names of the tables
  std::string parts_{};  // empty: there are none
  std::optional<RowDigest> row_{};
  std::optional<Statement> schema_version_{};
  std::int64_t schema_ = 0;  // SQLite's number of it, for which the above holds
  bool is_following_ = false;
  Digest128 digest_{};
  // The row that changed last, whose entries change after it.
  std::int64_t last_row_ = 0;
  std::string last_id_{};
  bool is_lost_ = false;  // an entry of another row has changed
  std::optional<Error> failed_{};
};

}  // namespace eventstore::engine::sqlite
