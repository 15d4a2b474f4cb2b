#pragma once
// An earlier state of an aggregate: at a version, or at a time. With snapshots, a call begins at the newest one that is
// not later than that version or time.
#include <eventstore/aggregate/execute.hpp>

namespace eventstore {
inline namespace v1 {

/// Folds `stream` up to and with `version`. Errors: not_found (no such stream, or it never got there); as replay.
Result<std::unique_ptr<AnyState>> state_at(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                           const StreamId& stream, Version version, Snapshots* snapshots = nullptr);

/// Folds `stream` up to its first event created after `time`, so that the aggregate really had this state: if clocks
/// ran backwards, no event is taken out of the middle. Errors: not_found (no such stream, or it began later); as
/// replay. Cost: also one visit of the events up to there, which decodes none.
Result<std::unique_ptr<AnyState>> state_at(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                           const StreamId& stream, Timestamp time, Snapshots* snapshots = nullptr);

/// The present state.
Result<std::unique_ptr<AnyState>> state_now(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                            const StreamId& stream, Snapshots* snapshots = nullptr);

}  // namespace v1
}  // namespace eventstore
