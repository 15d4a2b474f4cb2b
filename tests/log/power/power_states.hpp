#pragma once
// The states that drops keep in a simulated life, and what the log must then know of each stream.
#include "power_check.hpp"

namespace eventstore::power {

/// The state of a stream is a digest over the ids of its events; it is made from the log, as an aggregate is loaded.
StateSource states_of(const FileLog& log);

/// Every stream that had events up to the last dropped position has the state after them, where the model says what it
/// must be; or has none, where drops kept none.
void check_states(const EventLog& log, const Model& model, bool are_kept);

}  // namespace eventstore::power
