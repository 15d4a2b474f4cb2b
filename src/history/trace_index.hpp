#pragma once
// Private to this layer: where in a log events with an id, a cause or a correlation may stand. Made for one trace, from
// the metadata of all events, because the log's own index knows events by stream and id alone.
#include <eventstore/core/uuid.hpp>
#include <eventstore/history/find_events.hpp>
#include <string_view>
#include <vector>
#include "scan.hpp"

namespace eventstore {
inline namespace v1 {

/// Answers are candidates: 32 bits of a hash are kept for each id, so the caller looks whether an event is the one.
/// Threads: constant once it is made.
class TraceIndex {
 public:
  /// Errors: as EventLog::visit_all; corrupt_record. Cost and memory: as trace().
  static Result<TraceIndex> make(const EventLog& log, const OnScanned& on_scanned);

  /// In the order of positions.
  [[nodiscard]] std::vector<Position> with_id(const Uuid& id) const;
  /// Whose causation id is this event id, in either case of its letters.
  [[nodiscard]] std::vector<Position> caused_by(const Uuid& id) const;
  [[nodiscard]] std::vector<Position> with_correlation(std::string_view id) const;

 private:
  // A hash, and below it the place of the event in its part.
  using Entries = std::vector<std::uint64_t>;
  struct Part {
    Position first{};
    Entries ids{};
    Entries causes{};
    Entries correlations{};
  };

  static Result<Part> index_of(const EventLog& log, const PositionRange& range);
  [[nodiscard]] std::vector<Position> find(Entries Part::*entries, std::uint32_t hash) const;

  std::vector<Part> parts_;
};

}  // namespace v1
}  // namespace eventstore
