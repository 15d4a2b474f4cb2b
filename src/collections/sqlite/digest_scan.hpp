#pragma once
// Private to the SQLite engine: the digest of a collection's documents, made by reading them.
#include "row_digest.hpp"

#include <optional>

namespace eventstore::engine::sqlite {

/// Reads a collection from its first row to its last, some rows at a time. Threads: one at a time.
class DigestScan {
 public:
  /// `connection` outlives the scan. Errors: not_found.
  static Result<DigestScan> open(sqlite3* connection, const CollectionShape& shape, std::string_view name);

  /// Reads the next `rows_max` rows at most; whether there may be more. Leaves no statement running.
  Result<bool> next(std::int64_t rows_max);
  /// Of what was read.
  [[nodiscard]] const Digest128& sum() const { return sum_; }

 private:
  DigestScan(RowDigest row, Statement rows) : row_{std::move(row)}, rows_{std::move(rows)} {}

  RowDigest row_;
  Statement rows_;
  std::optional<Statement> parts_{};
  std::optional<std::int64_t> last_row_{};
  Digest128 sum_{};
};

/// The digest of the documents as the caller's transaction sees them. Errors: not_found; as SQLite's.
Result<Digest128> scan_digest(sqlite3* connection, const CollectionShape& shape, std::string_view name);

}  // namespace eventstore::engine::sqlite
