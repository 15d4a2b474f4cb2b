#pragma once
// The state of a collection, compared with its projection and with the log.
#include <eventstore/log/event_log.hpp>
#include <eventstore/projection/projection_type.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore {
inline namespace v1 {

struct ProjectionStatus {
  enum class Health : std::uint8_t {
    live,      ///< reflects the log up to `position`
    building,  ///< has not caught up for the first time yet; its indexes are not made yet
    missing,   ///< never run
    stale,     ///< made by another shape, other schemas or other code: rebuild it
    foreign,   ///< made from another log, or from a history that is no longer this one: rebuild it
    expired,   ///< retention dropped events that it has not read: the next run goes on with what it has
    held,      ///< stays before an event of a type that this build does not know; its documents are right up to there
    failed,    ///< stays where its code, its documents or its checkpoint gave `error`; right up to there
    waiting,   ///< the place of its documents was busy, full or out of reach: the worker tries again
  };
  std::string name;
  Health health = Health::missing;
  /// If stale or foreign, the part that differs; if expired, the dropped events; if held, the event; if failed or
  /// waiting, the sentence of `error`.
  std::string reason;
  Position position{};
  Position head{};
  std::uint64_t documents = 0;
  std::vector<PassedOverType> passed_over{};  ///< events that the documents are without
  /// What a reader of the collection must know of events that retention dropped: those that it was made without,
  /// streams that it cannot follow, states and documents at the boundary that other code made. Empty: nothing.
  std::string note{};
  bool rebuilding = false;  ///< a rebuild was begun and not finished
  Position rebuild_position{};
  std::optional<Error> error{};  ///< if held, failed or waiting; with the event's position
  std::uint64_t retries = 0;     ///< if waiting: those that were of no use
  /// Since the first event that the collection has not read, by its own time; absent if there is none, or not known.
  std::optional<double> lag_seconds{};
  /// Documents that are older than this have expired; absent where none has.
  std::optional<Timestamp> expired_before{};
  SetAsideCounts set_aside{};  ///< events that the documents are without, because the projection gave an error at them
  /// That a worker moves the collection on, as it was noted last; absent where none has for some seconds.
  std::optional<double> events_per_second{};
};

std::string_view to_string(ProjectionStatus::Health health);

/// Whether somebody should look at the collection: it is neither live nor being built.
bool is_unwell(ProjectionStatus::Health health);
/// The same, or there are events that were set aside and about which nothing was decided.
bool is_unwell(const ProjectionStatus& status);

/// Whether `projection` made the collection of `checkpoint`, from the present history of `log`, and whether it passed
/// over events that `aggregates`, those of the program, know now. The answer has health, reason, position and
/// passed_over. Errors: corrupt_record, io_failed.
Result<ProjectionStatus> judge(const EventLog& log, const ProjectionType& projection, const Checkpoint& checkpoint,
                               std::span<const AggregateType> aggregates);

/// Refuses to answer from a collection that is not live. Errors: not_found (never run, or still being built),
/// unreadable_schema (stale), corrupt_record (foreign), expired, each saying what to do; as judge.
Result<void> check_live(const EventLog& log, const ProjectionType& projection, Collections& collections,
                        std::span<const AggregateType> aggregates);

}  // namespace v1
}  // namespace eventstore
