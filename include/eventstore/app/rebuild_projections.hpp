#pragma once
// Rebuilds collections of a store, or puts those back that were rebuilt last.
#include <eventstore/app/projections.hpp>

namespace eventstore::app {

struct RebuildProjections {
  EVENTSTORE_FIELDS(RebuildProjections,
                    (std::vector<std::string>, names, std::vector<std::string>{}, help("Projections to rebuild")),
                    (bool, stale, false, help("Rebuild those that other code made, or that are of another log")),
                    (bool, all, false, help("Rebuild every projection")),
                    (bool, compare_only, false,
                     help("Build and compare; leave the live collection, and what was built for the next rebuild")),
                    (bool, expect_same, false,
                     help("Leave the live collection, and fail, where a document would differ")),
                    (std::optional<std::string>, stream, ,
                     help("Make only the documents of this stream again, in the live collection")),
                    (std::optional<std::string>, organization_id, ,
                     help("Make only the documents of this organization again, in the live collection")),
                    (bool, rollback, false, help("Put back what the last rebuild replaced")),
                    (bool, without_dropped, false,
                     help("Begin after the events that retention dropped, without the documents that they made")));
};

struct DifferingField {
  EVENTSTORE_FIELDS(DifferingField, (std::string, field), (std::uint64_t, documents));
};

/// One difference. Values are JSON, and absent where there is none; without a field, the document as a whole was added
/// or removed.
struct DifferingDocument {
  EVENTSTORE_FIELDS(DifferingDocument, (std::string, id), (std::optional<std::string>, field),
                    (std::optional<std::string>, before), (std::optional<std::string>, after));
};

/// What became of one projection. `live` says which collection is read now: the "rebuilt" one, the one from "before",
/// the one that was put "back", or the same one, of which a part was made again "in place". Without a live collection
/// to compare with, `same` and what follows is absent; `before_position` is there where that collection stood at
/// another position, so that differences may be of time. `reason` is there where the collection that was put back is
/// stale, and `error` where the rebuild failed: then the live collection was not changed. `seconds` are those since all
/// of them began.
struct ProjectionRebuild {
  EVENTSTORE_FIELDS(ProjectionRebuild, (std::string, projection), (std::uint64_t, events), (std::uint64_t, position),
                    (double, seconds), (std::uint64_t, events_per_second), (bool, stopped), (std::string, live),
                    (std::optional<std::uint64_t>, without_state), (std::optional<std::uint64_t>, same),
                    (std::optional<std::uint64_t>, added), (std::optional<std::uint64_t>, removed),
                    (std::optional<std::uint64_t>, changed), (std::optional<std::uint64_t>, before_position),
                    (std::optional<std::vector<DifferingField>>, fields),
                    (std::optional<std::vector<DifferingDocument>>, examples), (std::optional<std::string>, reason),
                    (std::optional<std::string>, error));
};

/// Rebuilds the collections together, as ProjectionWorker::rebuild does, so that the log is read once for all, and
/// gives each to `on_rebuild` when it is done. With `rollback`, ProjectionWorker::roll_back instead, one after the
/// other, if all of them can be put back; with `stream` or `organization_id` likewise PartRebuilder::rebuild.
/// Gives a sentence that names the collections whose rebuild failed, and those that `expect_same` kept from
/// being switched because they differ; empty: there is none. Errors, which end it: locked, while another process
/// rebuilds or verifies collections of this store; invalid_argument, where nothing says which projections, or options
/// contradict each other; not_found, naming the projections of the store's model; stopped, after the rows of the
/// projections that were stopped, whose live collections were not changed; as ProjectionWorker::rebuild and roll_back,
/// where there is one projection that of its rebuild too; those of `on_rebuild`. `options.on_progress` gets the
/// progress of all rebuilds as that of one. Threads: no other thread may use the store's collections during the call.
Result<std::string> rebuild_projections(Store& store, const RebuildProjections& parameters,
                                        FunctionRef<Result<void>(const ProjectionRebuild&)> on_rebuild,
                                        const ProjectionOptions& options = {}, std::stop_token stop = {});

}  // namespace eventstore::app
