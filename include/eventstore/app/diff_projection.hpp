#pragma once
// The documents of one collection at two moments.
#include <eventstore/app/progress.hpp>
#include <eventstore/app/store.hpp>
#include <eventstore/history/moment.hpp>
#include <eventstore/schema/json.hpp>
#include <optional>
#include <stop_token>

namespace eventstore::app {

struct DiffProjection {
  EVENTSTORE_FIELDS(
      DiffProjection, (std::string, name, , help("Projection whose documents are compared")),
      (std::vector<std::string>, at, std::vector<std::string>{},
       help("Moment, to be given twice, and the first is shown as before: a position in the log like 812, a time in "
            "RFC 3339, a day, which is its start in UTC, or now")),
      (EventClock, by, EventClock::created,
       help("Clock of a time: each stream ends before its first event that was created later, or the log "
            "ends behind the last event that was recorded by then")),
      (std::uint64_t, limit, 100, help("Largest number of documents to print")),
      (bool, without_dropped, false, help("Go on although retention dropped events, without what only they made")));
};

/// A document that was "added", "removed" or "changed" between the moments, with the fields that differ.
struct DocumentDiffered {
  EVENTSTORE_FIELDS(DocumentDiffered, (std::string, document), (std::string, organization_id), (std::string, change),
                    (Json, changes));
};

/// All of them. The positions are those of the last events that were there.
struct ProjectionDiffered {
  EVENTSTORE_FIELDS(ProjectionDiffered, (std::string, projection), (std::uint64_t, before_position),
                    (std::uint64_t, after_position), (std::uint64_t, same), (std::uint64_t, added),
                    (std::uint64_t, removed), (std::uint64_t, changed), (std::uint64_t, shown));
};

/// Makes the collection twice, in temporary files that are gone afterwards, and gives the documents that differ, in the
/// order of their ids, up to the limit; then how many there are. The store is only read, and its own collections are
/// not looked at. No document has expired. Errors: invalid_argument, where there are not two moments, or no moment; as
/// make_as_of; those of the callback. Cost: two rebuilds of the collection up to the moments.
Result<ProjectionDiffered> diff_projection(const Store& store, const DiffProjection& parameters,
                                           FunctionRef<Result<void>(const DocumentDiffered&)> on_document,
                                           const OnProgress& on_progress = {}, std::stop_token stop = {});

}  // namespace eventstore::app
