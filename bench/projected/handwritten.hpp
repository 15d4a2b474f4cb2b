#pragma once
// The collections as a good engineer would write them by hand: one pass over the log, states, sums and final documents
// in memory, rows of events and audit lines at once, all other documents at the end in the order of their ids.
//
// The domain's rules (evolve and measure), the comparison of two states and the JSON of values are those of eventstore
// and of the domain; everything between the log and SQLite is written for these tables.
#include <bench/projected/collections_file.hpp>
#include <eventstore/log/event_log.hpp>

namespace bench {

/// Fills and finishes `file` with all collections of the domain. Throws std::runtime_error.
void project_by_hand(const eventstore::EventLog& log, CollectionsFile& file);

/// Fills and finishes `file` with `analytics` alone. Throws std::runtime_error.
void project_analytics_by_hand(const eventstore::EventLog& log, CollectionsFile& file);

}  // namespace bench
