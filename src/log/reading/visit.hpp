#pragma once
// Reads events in order: of one stream, or of the whole log.
#include "view.hpp"

namespace eventstore::engine {

/// Visits `stream` as it is in `view` up to `bound`. `opener` gives events in clear; null: as they are stored. Errors
/// and the rest: as EventLog::visit_stream.
Result<Visited> visit_stream(const View& view, const Bound& bound, const StreamId& stream, const ReadStream& options,
                             Visitor visitor, const EventOpener* opener);

/// Likewise EventLog::visit_all; ends early once `looked_at_max` events were looked at one by one for a filter.
Result<Visited> visit_all(const View& view, const Bound& bound, const ReadAll& options, std::size_t looked_at_max,
                          Visitor visitor, const EventOpener* opener);

}  // namespace eventstore::engine
