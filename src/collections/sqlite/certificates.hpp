#pragma once
// Private to the SQLite engine: what collections were made of, and the digests of their documents, in tables beside the
// checkpoints. A digest holds for one state of the documents, which has a number in the table of counts: a build that
// does not know digests leaves one behind that holds no more. The same goes for events and the checkpoint's position.
#include "connection.hpp"

#include <eventstore/collections/collections.hpp>

namespace eventstore::engine::sqlite {

Result<void> create_certificates(sqlite3* connection);

/// The collection `name` is made of nothing yet, and begins after `start`.
Result<void> begin_certificate(sqlite3* connection, std::string_view name, Position start);

/// Errors: not_found.
Result<Certificate> read_certificate(sqlite3* connection, std::string_view name);

/// Absent where none is kept, or it holds no more.
Result<std::optional<Digest128>> read_digest(sqlite3* connection, std::string_view name);

/// The digest of the documents as the count of now has numbered them; without a value, none is kept.
Result<void> write_digest(sqlite3* connection, std::string_view name, const std::optional<Digest128>& digest);

/// The certificate of `from` becomes that of `name`, with `digest`; without `from` there is none.
Result<void> replace_certificate(sqlite3* connection, std::string_view name, std::string_view from = "",
                                 const std::optional<Digest128>& digest = {});

/// Keeps the certificate of one collection with its batches. Its statements are prepared at their first use: most live
/// batches have one event. Threads: one at a time.
class CertificateWriter {
 public:
  /// `connection` outlives the writer.
  CertificateWriter(sqlite3* connection, std::string_view collection)
      : connection_{connection}, collection_{collection} {}

  /// As read_digest.
  Result<std::optional<Digest128>> digest();
  /// Adds the batch's events, and writes the digest as write_digest does. Called once the count is written.
  Result<void> write(const CollectionBatch& batch, const std::optional<Digest128>& digest);

 private:
  Result<void> add(const std::vector<TypeCount>& folded);

  sqlite3* connection_;
  std::string collection_;
  std::optional<Statement> read_{};
  std::optional<Statement> move_{};
  std::optional<Statement> add_{};
};

}  // namespace eventstore::engine::sqlite
