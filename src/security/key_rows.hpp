#pragma once
// Private to the layer: the statements over the tables of keys.sqlite, each prepared at its first use.
#include <eventstore/core/timestamp.hpp>
#include <map>
#include <vector>

#include "key_wrapping.hpp"
#include "sql.hpp"

namespace eventstore::security {

struct KeyRow {
  std::int64_t number = 0;
  Uuid id{};
  Subject subject{};
  WrappedKey wrapped{};  ///< zeros: destroyed
};

/// An open key file. Errors of all members: those of SQLite; corrupt_record. Threads: one at a time.
class KeyRows {
 public:
  explicit KeyRows(Connection connection) : connection_{std::move(connection)} {}

  [[nodiscard]] sqlite3* connection() const { return connection_.get(); }

  Result<std::optional<KeyRow>> by_id(const Uuid& id);
  Result<std::optional<KeyRow>> by_subject(const Subject& subject);
  /// The first one whose number is greater.
  Result<std::optional<KeyRow>> after(std::int64_t number);
  /// Those that were made first, as many as that at most.
  Result<std::vector<KeyRow>> first(std::size_t count);
  Result<void> add(const KeyRow& row, Timestamp made_at);
  Result<void> set_wrapped(std::int64_t number, const WrappedKey& wrapped);

  /// Whether the key was lost, and given up with its subject.
  Result<bool> is_given_up(const Uuid& id);
  Result<void> give_up(const Uuid& id, const Subject& subject);

  Result<std::uint64_t> destroyed();
  Result<void> count_destroyed();
  Result<Bytes> check();
  Result<void> set_head(const WrappedKey& own_key, const WrappedKey& check);

  Result<std::optional<Erasure>> erasure(const Subject& subject);
  Result<std::vector<Erasure>> erasures(bool unfinished_only);
  Result<void> add(const Erasure& erasure);
  Result<void> set_step(const Subject& subject, ErasureStep step);

  /// Forgets all statements.
  void finish() { statements_.clear(); }

 private:
  Result<Statement*> statement(const char* sql);

  Connection connection_;
  std::map<const char*, Statement> statements_;
};

}  // namespace eventstore::security
