#pragma once
// The place of snapshots. They are a cache: a snapshot that is missing, damaged or out of date is made again from the
// log.
#include <eventstore/core/bytes.hpp>
#include <eventstore/core/result.hpp>
#include <eventstore/core/stream_id.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/core/uuid.hpp>
#include <optional>
#include <string>

namespace eventstore {
inline namespace v1 {

/// A state at a place in its stream, with the facts that tell whether it is still valid.
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

  /// Keeps `snapshot`, and replaces one of the same version; it may remove older ones. If it is cut off at any point,
  /// the whole snapshot is kept, or none of it. Errors: read_only, too_large, io_failed, out_of_space, out_of_memory.
  virtual Result<void> put(const StreamId& stream, const Snapshot& snapshot) = 0;

  /// The newest whole snapshot up to and with version `last`, if there is one. A damaged one is passed over, and
  /// removed if this store may write. The caller checks whether the snapshot fits the log and the code. Errors:
  /// io_failed, out_of_memory.
  virtual Result<std::optional<Snapshot>> newest(const StreamId& stream, Version last) = 0;

  /// Removes the snapshot at `version`, if there is one. Errors: read_only, io_failed.
  virtual Result<void> remove(const StreamId& stream, Version version) = 0;

  /// Removes all snapshots of the stream, damaged ones too, and what a put that was cut off has left. Whoever takes a
  /// snapshot meanwhile may leave it. Errors: read_only, io_failed; some may be removed then.
  virtual Result<void> remove_all(const StreamId& stream) = 0;

  /// False for a store that only reads.
  [[nodiscard]] virtual bool may_write() const = 0;
};

}  // namespace v1
}  // namespace eventstore
