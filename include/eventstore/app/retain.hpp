#pragma once
// Drops old segments, or packs them into an archive.
#include <eventstore/core/result.hpp>
#include <eventstore/core/timestamp.hpp>
#include <eventstore/schema/enum.hpp>
#include <eventstore/schema/fields.hpp>
#include <optional>

namespace eventstore {
inline namespace v1 {
class Store;
}
}  // namespace eventstore

namespace eventstore::app {

EVENTSTORE_ENUM(RetainAction, drop, archive);

struct Retain {
  EVENTSTORE_FIELDS(Retain,
                    (Timestamp, before, ,
                     help("Take the segments whose events were all recorded before this time, in RFC 3339, or before "
                          "this day in UTC")),
                    (RetainAction, action, , help("Delete the events, or pack them so that they stay readable")),
                    (bool, dry_run, false, help("Print what the command would do, and change nothing")),
                    (bool, without_states, false,
                     help("Drop the events even if the states of their streams, and the documents that they made, "
                          "cannot be kept")));
};

/// The changes that were made, or that a run would make; the fields up to `bytes` are present if there is at least one
/// segment.
struct Retained {
  EVENTSTORE_FIELDS(Retained, (RetainAction, action), (bool, dry_run), (std::uint64_t, segments),
                    (std::optional<std::uint64_t>, first_position), (std::optional<std::uint64_t>, last_position),
                    (std::optional<Timestamp>, recorded_from), (std::optional<Timestamp>, recorded_to),
                    (std::optional<std::uint64_t>, bytes), (std::optional<std::uint64_t>, archived_bytes),
                    (std::optional<std::uint64_t>, ahead_of_clock), (std::uint64_t, expired_position),
                    (std::optional<std::uint64_t>, streams_without_state));
};

/// Drops or archives segments of the store's log. Before a drop it keeps, on the disk, what the dropped events made: in
/// each collection that exists, the documents as they are after the last dropped event, and then the state of each
/// stream that the drop touches. So everything goes on that does not ask for dropped events. With
/// Retain::without_states neither is kept. Errors: unknown_event_type, where the store's model lacks the category of a
/// stream; out_of_space; those of loading a state, and as ProjectionWorker::keep_dropped: nothing was dropped then; as
/// FileLog::retain. Cost: reads the dropped events once for the collections, and once for the states.
Result<Retained> retain(Store& store, const Retain& parameters);

}  // namespace eventstore::app
