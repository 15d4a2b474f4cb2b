#pragma once
// The argument of an append, and its answer.
#include <eventstore/core/function_ref.hpp>
#include <eventstore/log/event.hpp>
#include <optional>
#include <span>
#include <vector>

namespace eventstore {
inline namespace v1 {

/// When an append may report success.
enum class Durability : std::uint8_t {
  every_commit,  ///< after a sync: survives a power cut
  interval,      ///< after the write; synced within the store's interval
  on_close,      ///< after the write; synced when the store closes: for bulk loads
};

/// The version that a stream must have for the commit to take effect. A stream that is written without an expectation
/// is `any`.
struct Expectation {
  StreamId stream;
  ExpectedVersion version;
};

/// The outcome of a command, kept so that a repeat of the command is answered and not decided again, whatever it had
/// done. It takes no position, and reads of events pass over it. A stream has one outcome for a command's id.
struct Outcome {
  StreamId stream;  ///< need not exist
  Uuid command_id{};
  Uuid content{};  ///< stands for the command's name and data
  std::string_view organization{};
  BytesView result{};  ///< at most outcome_bytes_max; the log does not read it
};

/// The longest Outcome::result.
inline constexpr std::size_t outcome_bytes_max = std::size_t{64} * 1024;

/// An outcome as it stands in the log.
struct RecordedOutcome {
  Uuid content{};
  std::string organization;
  Bytes result;
  Timestamp recorded_at{};
};

/// Whether `given` is `stored`, which has its id and stream and other bytes. `stored_schema` is the descriptor of
/// stored.schema; empty where that is none. Called while the log is locked: it must not call the log.
using IsSameEvent =
    FunctionRef<Result<bool>(const NewEvent& given, const RecordedEvent& stored, BytesView stored_schema)>;

/// The atomic unit: all events and outcomes or none, the events in the order given, which becomes the order of their
/// positions.
/// Expectations may name streams that the commit does not write. At most one expectation a stream.
struct Commit {
  std::span<const NewEvent> events{};
  std::span<const Expectation> expectations{};
  std::span<const SchemaRecord>
      schemas{};                           ///< for each schema id that the log may not know yet; others are passed over
  std::optional<Durability> durability{};  ///< the store's own where absent
  std::span<const Outcome> outcomes{};
  std::optional<IsSameEvent> is_same{};  ///< absent: no event with other bytes is the same
};

/// The place of one event of a commit.
struct Placed {
  Version version{};
  Position position{};
  friend bool operator==(const Placed&, const Placed&) = default;
};

/// The answer to a successful append.
struct Receipt {
  std::vector<Placed> events;  ///< one for each event of the commit, in its order; none where an outcome was there
  bool already_there = false;  ///< a retry: nothing was written, the places are the original ones
  Durability durability = Durability::every_commit;  ///< the durability that these events have now
  /// Whether the inline projections of the store reflect these events. Absent: the store has none, or the receipt
  /// has no events.
  std::optional<bool> projected{};
};

}  // namespace v1
}  // namespace eventstore
