#pragma once
// Private to the SQLite engine: stops SQLite within a statement, and knows how far the making of indexes is.
#include "connection.hpp"

#include <eventstore/collections/collections.hpp>

namespace eventstore::engine::sqlite {

/// Threads: as its connection. Lifetime: the connection calls it until it is closed.
class Watcher {
 public:
  Watcher() = default;
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  /// From now on statements of `connection` end with the error `stopped` when the watch says so.
  void watch(sqlite3* connection, WorkWatch watch);

  /// The making of `count` indexes begins.
  void begin(std::size_t count);
  /// The next one begins, over a table of `rows` rows.
  void next(std::uint64_t rows);
  /// All are made.
  void end();
  [[nodiscard]] bool is_stopped() const { return watch_.is_stopped && watch_.is_stopped(); }

 private:
  static int look(void* watcher);
  void tell() const;

  WorkWatch watch_{};
  std::size_t indexes_ = 0;
  std::size_t made_ = 0;
  double looks_ = 0;
  double looks_expected_ = 0;
};

}  // namespace eventstore::engine::sqlite
