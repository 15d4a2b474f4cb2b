#pragma once
// What one append asks for, and what it is told.
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

/// What a stream must be for the commit to take effect. A stream that is written without an expectation is `any`.
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

/// Where one event of a commit stands.
struct Placed {
  Version version{};
  Position position{};
  friend bool operator==(const Placed&, const Placed&) = default;
};

/// The answer to an append that holds.
struct Receipt {
  std::vector<Placed> events;                        ///< one for each event of the commit, in its order
  bool already_there = false;                        ///< a retry: nothing was written, the places are the original ones
  Durability durability = Durability::every_commit;  ///< what holds for these events now
};

}  // namespace v1
}  // namespace eventstore
