#pragma once
// An earlier state of an aggregate: at a version, a position or a time. With snapshots, a call begins at the newest one
// that is not later.
#include <eventstore/aggregate/execute.hpp>
#include <eventstore/history/moment.hpp>

namespace eventstore {
inline namespace v1 {

/// Folds `stream` up to `moment`, as version_at finds it: at a time the aggregate really had this state, also where
/// clocks ran backwards. Errors: as version_at and load_state. Cost: as these.
Result<std::unique_ptr<AnyState>> state_at(const EventLog& log, const SchemaReader& schemas, const AggregateType& type,
                                           const StreamId& stream, const Moment& moment,
                                           Snapshots* snapshots = nullptr);

}  // namespace v1
}  // namespace eventstore
