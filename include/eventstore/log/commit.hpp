#pragma once
// The argument of an append, and its answer.
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

/// The atomic unit: all events or none, in the order given, which becomes the order of their positions.
/// Expectations may name streams that the commit does not write. At most one expectation a stream.
struct Commit {
  std::span<const NewEvent> events{};
  std::span<const Expectation> expectations{};
  std::span<const SchemaRecord>
      schemas{};                           ///< for each schema id that the log may not know yet; others are passed over
  std::optional<Durability> durability{};  ///< the store's own where absent
};

/// The place of one event of a commit.
struct Placed {
  Version version{};
  Position position{};
  friend bool operator==(const Placed&, const Placed&) = default;
};

/// The answer to a successful append.
struct Receipt {
  std::vector<Placed> events;                        ///< one for each event of the commit, in its order
  bool already_there = false;                        ///< a retry: nothing was written, the places are the original ones
  Durability durability = Durability::every_commit;  ///< the durability that these events have now
};

}  // namespace v1
}  // namespace eventstore
