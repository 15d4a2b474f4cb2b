#pragma once
// The segments that retention dropped: the statement, and the table of streams and the states that it names.
#include <memory>

#include "../files/expired_statement.hpp"
#include "../files/kept_states.hpp"
#include "catalog.hpp"
#include "index_writer.hpp"
#include "table.hpp"

namespace eventstore::engine {

/// Threads: constant once it is made.
struct Expired : ExpiredStatement {
  std::shared_ptr<const Table> streams = nullptr;    ///< each stream with its last version, that alone
  std::shared_ptr<const KeptStates> kept = nullptr;  ///< null: no states were kept

  /// All dropped segments as if they were one: the next segment continues it.
  [[nodiscard]] FinishedSegment place() const;
  [[nodiscard]] IndexIdentity streams_identity() const;

  [[nodiscard]] DroppedEvents summary() const;
  /// The state that was kept of a stream of the table; absent where there is none. Errors: corrupt_record.
  [[nodiscard]] Result<std::optional<StoredState>> stored_state(const StreamEntry& entry) const;
  [[nodiscard]] Result<std::optional<KeptState>> state_of(std::string_view stream) const;
};

/// The error for a read of a stream whose versions up to `last` are dropped, and whose last version is `head`.
Error expired_version(std::string_view stream, Version last, Version head);

/// The file of kept states that `expired` names; null if it names none. Errors: not_found; corrupt_record,
/// newer_format, io_failed.
Result<std::shared_ptr<const KeptStates>> open_kept_states(const StoreFiles& store, const Expired& expired);

/// The statement with its table and states; null if nothing was dropped. Errors: corrupt_record, for the table and the
/// states too; newer_format, io_failed.
Result<std::shared_ptr<const Expired>> load_expired(const StoreFiles& store, const Uuid& store_id);
/// The same without the states, which are not looked at.
Result<std::shared_ptr<const Expired>> load_expired_streams(const StoreFiles& store, const Uuid& store_id);

}  // namespace eventstore::engine
