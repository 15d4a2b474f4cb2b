#pragma once
// Private to the use cases: collections as they stood at a moment, in a file of their own.
#include <eventstore/app/progress.hpp>
#include <eventstore/app/store.hpp>
#include <eventstore/collections/sqlite/sqlite_collections.hpp>
#include <eventstore/history/past_log.hpp>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace eventstore::app {

/// The store's log at a moment: a position like "812" or "@812", a time, a day, or "now". Errors: invalid_argument; as
/// past_log. Lifetime: the store's.
Result<std::unique_ptr<EventLog>> log_at(const Store& store, std::string_view moment, EventClock by,
                                         const PastOptions& options);

/// Runs the projections over `past` into the new file `path`, to its head. Errors: as ProjectionWorker::run; the error
/// of the first projection that did not come to the head, with its name; stopped.
Result<std::unique_ptr<SqliteCollections>> make_past_collections(const Store& store, const EventLog& past,
                                                                 const std::vector<const ProjectionType*>& projections,
                                                                 const std::string& path, const OnProgress& on_progress,
                                                                 std::stop_token stop);

}  // namespace eventstore::app
