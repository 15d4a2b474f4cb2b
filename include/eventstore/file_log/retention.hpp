#pragma once
// Drops old segments or packs them into archives, on request only: docs/operate/retention.md.
#include <cstdint>
#include <eventstore/core/result.hpp>
#include <eventstore/log/dropped.hpp>
#include <functional>
#include <optional>

namespace eventstore {
inline namespace v1 {

/// A stream of which events are to be dropped.
struct StreamToDrop {
  StreamId stream;
  Version last{};       ///< of the events to be dropped
  Position position{};  ///< of that event
};

/// The state of a stream at that place.
struct StateToKeep {
  std::shared_ptr<const StateOrigin> origin{};  ///< null: streams of its category have no state
  Timestamp created_at{};                       ///< of the stream's first event
  Timestamp updated_at{};                       ///< of the last event to be dropped
  Bytes state{};
};

/// Gives the states of the streams of which a drop takes events, one after another in the order of their names, while
/// their events can still be read; absent where the state is lost already, because an earlier drop did not keep it. It
/// must not append. An error ends the drop before anything has changed.
using StateSource = std::function<Result<std::optional<StateToKeep>>(const StreamToDrop&)>;

/// The task of FileLog::retain. The store drops and archives nothing without such a call.
struct RetentionPolicy {
  enum class Action : std::uint8_t {
    drop,     ///< the events are removed; reading them is Errc::expired
    archive,  ///< the segments are packed, and stay readable
  };
  Action action = Action::archive;
  /// Takes finished segments all of whose events were recorded (`recorded_at`) before this time.
  Timestamp before{};
  bool dry_run = false;    ///< only reports the segments, and changes nothing
  StateSource state_of{};  ///< for a drop; empty: the states of its streams are not kept
  /// Takes no segment with a later event than this.
  Position last_most{~std::uint64_t{0}};
};

/// The changes that were made, or that a run would make. Without a segment all members but `ahead_of_clock`, `expired`
/// and `dry_run` are 0.
struct RetentionReport {
  RetentionPolicy::Action action = RetentionPolicy::Action::archive;
  bool dry_run = false;
  std::uint64_t segments = 0;  ///< dropped, or archived
  Position first{};            ///< of the events in these segments; first > last where they have none
  Position last{};
  Timestamp first_recorded_at{};  ///< of these segments' first commit, and of their last
  Timestamp last_recorded_at{};
  std::uint64_t bytes = 0;           ///< of the segments' files, or of the archives that are dropped
  std::uint64_t archived_bytes = 0;  ///< of the archives made of them; unknown, 0, in a dry run
  /// Finished segments that were left out although older ones were taken, or could be, because they were recorded later
  /// than the present time: the clock ran ahead then, and they count as that new.
  std::uint64_t ahead_of_clock = 0;
  Position expired{};                ///< the last dropped position, after this and all earlier calls; 0: none
  std::uint64_t streams_unkept = 0;  ///< after a drop: streams whose state at that place is not kept
};

}  // namespace v1
}  // namespace eventstore
