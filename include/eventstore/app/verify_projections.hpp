#pragma once
// Verifies collections of a store: makes their documents from the log once more, and compares.
#include <eventstore/app/certificate.hpp>
#include <eventstore/app/projections.hpp>

namespace eventstore::app {

struct VerifyProjections {
  EVENTSTORE_FIELDS(VerifyProjections, (std::vector<std::string>, names, std::vector<std::string>{},
                                        help("Projections to verify; without a name, all of them")));
};

/// A document that is not as the log says. Values are JSON, and absent where there is none. Without a field, the
/// document as a whole is missing (`expected` is there) or was never made by an event (`found` is there).
struct WrongDocument {
  EVENTSTORE_FIELDS(WrongDocument, (std::string, id), (std::optional<std::string>, field),
                    (std::optional<std::string>, found), (std::optional<std::string>, expected));
};

/// `verified` is "right", "wrong" or "unknown"; then `reason` says why. Up to twenty documents of each kind are named.
/// `seconds` are those since all of them began.
struct ProjectionVerified {
  EVENTSTORE_FIELDS(ProjectionVerified, (std::string, projection), (std::string, verified), (std::uint64_t, position),
                    (std::uint64_t, right), (std::uint64_t, missing), (std::uint64_t, surplus),
                    (std::uint64_t, changed), (double, seconds), (std::uint64_t, events_per_second),
                    (std::optional<std::vector<WrongDocument>>, wrong), (std::optional<std::string>, reason),
                    (std::optional<ProjectionCertificate>, certificate));
};

/// Makes the documents of the collections from the log beside the live ones, reading it once for all, compares document
/// by document, and removes what was made. The live collections are only brought up to date. Their
/// certificates are told with them, and the digest of one that is right is kept, where none was; where another one was,
/// the collection is wrong. Gives each to `on_verified`; whether all are right. One that cannot be verified is
/// "unknown", and holds up no other: as check_live, for a collection that is not live and so would differ for reasons
/// of its own; as ProjectionWorker::rebuild. If it is the only one, that is the error of the call. Errors, which end
/// it: locked, while another process rebuilds or verifies collections of this store; not_found, naming the projections
/// of the store's model; out_of_space; stopped: the same call goes on; as ProjectionWorker::rebuild of several; those
/// of `on_verified`. Threads: no other thread may use the store's collections during the call. Cost: less than that of
/// a rebuild, which makes indexes.
Result<bool> verify_projections(Store& store, const VerifyProjections& parameters,
                                FunctionRef<Result<void>(const ProjectionVerified&)> on_verified,
                                const ProjectionOptions& options = {}, std::stop_token stop = {});

}  // namespace eventstore::app
