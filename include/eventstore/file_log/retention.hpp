#pragma once
// Old segments dropped, or packed into an archive, when somebody asks for it: docs/operate/retention.md.
#include <cstdint>
#include <eventstore/core/ordinal.hpp>
#include <eventstore/core/timestamp.hpp>

namespace eventstore {
inline namespace v1 {

/// What FileLog::retain does. Nothing is ever dropped or archived without such a call.
struct RetentionPolicy {
  enum class Action : std::uint8_t {
    drop,     ///< the events are gone; reading them is Errc::expired
    archive,  ///< the segments are packed, and stay readable
  };
  Action action = Action::archive;
  /// Concerns the segments that are finished and all of whose events were recorded (`recorded_at`) before this.
  Timestamp before{};
  bool dry_run = false;  ///< only tells what would be done
};

/// What was done, or would be. Without a segment all but `expired` and `dry_run` is 0.
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
  Position expired{};                ///< the last position that is gone, after this and all earlier calls; 0: none
};

}  // namespace v1
}  // namespace eventstore
