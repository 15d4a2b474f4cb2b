#pragma once
// Makes the file of the states that belong to a drop: those of its streams, and those that earlier drops kept of
// others.
#include "dropped_streams.hpp"
#include "kept_states_writer.hpp"

namespace eventstore::engine {

/// Writes the file that belongs to `expired`, whose place and seals are known; it means nothing until `expired` is
/// written. `before`: the statement of the earlier drops; null for none. Absent if there is no state to keep: then no
/// file of that name is left. Errors: those of `state_of`; too_large; corrupt_record, for the states kept before;
/// io_failed, out_of_space. A half-made file is removed as far as that succeeds.
Result<std::optional<format::ExpiredStates>> keep_states(const StoreFiles& store, const Expired& expired,
                                                         const Expired* before,
                                                         const std::vector<DroppedStream>& streams,
                                                         const StateSource& state_of);

}  // namespace eventstore::engine
