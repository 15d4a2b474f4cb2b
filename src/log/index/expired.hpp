#pragma once
// What retention dropped: the statement, and the table of streams that it names.
#include <memory>

#include "../files/expired_statement.hpp"
#include "catalog.hpp"
#include "index_writer.hpp"
#include "table.hpp"

namespace eventstore::engine {

/// Threads: constant once it is made.
struct Expired : ExpiredStatement {
  std::shared_ptr<const Table> streams = nullptr;  ///< each stream with its last version, that alone

  /// All that was dropped, as if it were one segment: what comes next continues it.
  [[nodiscard]] FinishedSegment place() const;
  [[nodiscard]] IndexIdentity streams_identity() const;
};

/// What whoever asks for a stream is told whose versions up to `last` are gone, and whose last one is `head`.
Error expired_version(std::string_view stream, Version last, Version head);

/// The statement with its table; null where nothing was dropped. Errors: corrupt_record, for the table too;
/// newer_format, io_failed.
Result<std::shared_ptr<const Expired>> load_expired(const StoreFiles& store, const Uuid& store_id);

}  // namespace eventstore::engine
