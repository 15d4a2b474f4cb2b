#pragma once
// Private to history: the names of events that a predicate compares with event.type.
#include <eventstore/core/result.hpp>
#include <eventstore/log/event_log.hpp>
#include <optional>
#include "types.hpp"

namespace eventstore {
inline namespace v1 {
namespace predicate {

/// The mistake in comparing event.type or previous.type with a literal that no event of `type` is called: neither now,
/// nor formerly, nor in `log`, which is null where there is none to be asked. Where `type` passes over unknown events,
/// every name is right. Errors: as EventLog::visit_all. Cost: only for a name that this build does not know, a search
/// of the log for its first event.
[[nodiscard]] Result<std::optional<Mistake>> check_event_name(const Node& a, const Node& b, const AggregateType& type,
                                                              const EventLog* log);

}  // namespace predicate
}  // namespace v1
}  // namespace eventstore
