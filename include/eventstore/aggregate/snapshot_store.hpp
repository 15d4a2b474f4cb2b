#pragma once
// Where snapshots lie. They are a cache: whatever is gone, damaged or out of date comes back from the log.
#include <eventstore/core/bytes.hpp>
#include <eventstore/core/result.hpp>
#include <eventstore/core/stream_id.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <optional>
#include <string>

namespace eventstore {
inline namespace v1 {

/// A state at a place in its stream, with all that tells whether it still holds.
struct Snapshot {
  Version version{};
  Position position{};         ///< of the event at `version`
  Uuid store_id{};             ///< of the log
  std::uint64_t checksum = 0;  ///< EventLog::checksum_at(position)
  std::string fingerprint{};   ///< AggregateType::fingerprint
  Timestamp created_at{};      ///< of the stream's first event
  Timestamp updated_at{};      ///< of the event at `version`
  std::string organization{};
  Bytes state{};  ///< by its schema

  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

/// Threads: every member from any thread.
class SnapshotStore {
 public:
  virtual ~SnapshotStore() = default;

  /// Keeps `snapshot`, in the place of one of the same version; older ones may go. All of it or nothing, wherever it is
  /// cut off. Errors: read_only, too_large, io_failed, out_of_space, out_of_memory.
  virtual Result<void> put(const StreamId& stream, const Snapshot& snapshot) = 0;

  /// The newest whole snapshot up to and with version `last`; nothing where there is none. One that is damaged is
  /// passed over, and removed where this store may write. Whether it fits the log and the code is for the caller to
  /// judge. Errors: io_failed, out_of_memory.
  virtual Result<std::optional<Snapshot>> newest(const StreamId& stream, Version last) = 0;

  /// Removes the one at `version`, if it is there. Errors: read_only, io_failed.
  virtual Result<void> remove(const StreamId& stream, Version version) = 0;

  /// False for one that only reads.
  [[nodiscard]] virtual bool may_write() const = 0;
};

}  // namespace v1
}  // namespace eventstore
