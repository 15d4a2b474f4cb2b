#pragma once
// An aggregate's state as it was: at a version, or at a time. With snapshots, each begins at the newest one that is not
// newer than what is asked for.
#include <eventstore/aggregate/execute.hpp>

namespace eventstore {
inline namespace v1 {

/// Folds `stream` up to and with `version`. Errors: not_found (no such stream, or it never got there); as replay.
Result<std::unique_ptr<AnyState>> state_at(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                           const StreamId& stream, Version version, Snapshots* snapshots = nullptr);

/// Folds `stream` up to its first event created after `time`, so that the state is one that was: where clocks ran
/// backwards, an earlier time after a later one is not taken out of the middle.
/// Errors: not_found (no such stream, or it began later); as replay. Cost: also one visit of the events up to there,
/// which decodes none.
Result<std::unique_ptr<AnyState>> state_at(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                           const StreamId& stream, Timestamp time, Snapshots* snapshots = nullptr);

/// The state as it is now.
Result<std::unique_ptr<AnyState>> state_now(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                            const StreamId& stream, Snapshots* snapshots = nullptr);

}  // namespace v1
}  // namespace eventstore
