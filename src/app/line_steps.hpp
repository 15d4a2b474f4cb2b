#pragma once
// Private to app: what event lines make of their streams, and the ids that follow from it.
#include <span>
#include <vector>

#include "line_ids.hpp"
#include "line_states.hpp"

namespace eventstore::app {

/// The steps of `lines`, in their order, which are to be one commit; lines whose ids derive from codes under the keys
/// of their subjects get them. Errors: as LineStates::next and derive_coded_ids. Cost: as LineStates::next, twice where
/// a line without a version gets such an id: whether it is in the log is known only then.
Result<std::vector<LineStates::Step>> take_steps(const EventLog& log, std::span<EventLine* const> lines,
                                                 LineStates& states, FormerIds former_ids);

}  // namespace eventstore::app
