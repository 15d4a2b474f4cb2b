#pragma once
// The collections as they stood at a moment, in a SQLite file of their own.
#include <eventstore/app/progress.hpp>
#include <eventstore/app/store.hpp>
#include <eventstore/history/moment.hpp>
#include <optional>
#include <stop_token>

namespace eventstore::app {

struct AsOf {
  EVENTSTORE_FIELDS(
      AsOf,
      (std::string, moment, ,
       help("Position in the log like 812, a time in RFC 3339, a day, which is its start in UTC, or now")),
      (std::string, out, , help("SQLite file to make; it must not exist")),
      (std::vector<std::string>, collections, std::vector<std::string>{},
       help("Collections to make, separated by commas; without it, all of them")),
      (EventClock, by, EventClock::created,
       help("Clock of the time: each stream ends before its first event that was created later, or the "
            "log ends behind the last event that was recorded by then")),
      (bool, without_dropped, false, help("Go on although retention dropped events, without what only they made")));
};

/// A collection that was made. `set_aside` are the events that it is without because of an error of its projection.
struct CollectionMade {
  EVENTSTORE_FIELDS(CollectionMade, (std::string, collection), (std::uint64_t, documents), (std::uint64_t, position),
                    (std::optional<std::uint64_t>, set_aside));
};

/// Makes the collections from the log as it was, in the file `out`, and gives each one. `position` is that of the last
/// event that was there. No document has expired. The store is only read, and its own collections are not looked at.
/// The file appears when all is done; after an error or a stop there is none. Errors: invalid_argument, where the file
/// exists or is that of the store's own collections, and for what is no moment; not_found, naming the projections of
/// the model, past the head, and before the first event; expired, where retention dropped events that are needed;
/// stopped; the error of a projection that could not go on, naming it; as past_log, ProjectionWorker::run and
/// SqliteCollections::open; those of `on_made`, the file is then there. Cost: that of a rebuild up to the moment; by
/// created, one visit of all events before.
Result<void> make_as_of(const Store& store, const AsOf& parameters,
                        FunctionRef<Result<void>(const CollectionMade&)> on_made, const OnProgress& on_progress = {},
                        std::stop_token stop = {});

}  // namespace eventstore::app
