#pragma once
// The segments that retention dropped: the statement, and the table of streams that it names.
#include <memory>

#include "../files/expired_statement.hpp"
#include "catalog.hpp"
#include "index_writer.hpp"
#include "table.hpp"

namespace eventstore::engine {

/// Threads: constant once it is made.
struct Expired : ExpiredStatement {
  std::shared_ptr<const Table> streams = nullptr;  ///< each stream with its last version, that alone

  /// All dropped segments as if they were one: the next segment continues it.
  [[nodiscard]] FinishedSegment place() const;
  [[nodiscard]] IndexIdentity streams_identity() const;
};

/// The error for a read of a stream whose versions up to `last` are dropped, and whose last version is `head`.
Error expired_version(std::string_view stream, Version last, Version head);

/// The statement with its table; null if nothing was dropped. Errors: corrupt_record, for the table too; newer_format,
/// io_failed.
Result<std::shared_ptr<const Expired>> load_expired(const StoreFiles& store, const Uuid& store_id);

}  // namespace eventstore::engine
