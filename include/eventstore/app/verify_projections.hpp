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

/// `verified` is "right" or "wrong". Up to twenty documents of each kind are named.
struct ProjectionVerified {
  EVENTSTORE_FIELDS(ProjectionVerified, (std::string, projection), (std::string, verified), (std::uint64_t, position),
                    (std::uint64_t, right), (std::uint64_t, missing), (std::uint64_t, surplus),
                    (std::uint64_t, changed), (double, seconds), (std::uint64_t, events_per_second),
                    (std::optional<std::vector<WrongDocument>>, wrong),
                    (std::optional<ProjectionCertificate>, certificate));
};

/// Makes the documents of each collection from the log beside the live one, compares document by document, and removes
/// what was made. The live collection is only brought up to date. Its certificate is told with it. Gives each to
/// `on_verified`; whether all are right. Errors, which end it: not_found, naming the projections of the store's model;
/// as check_live, for a collection that is not live and so would differ for reasons of its own; out_of_space; stopped:
/// the same call goes on; as ProjectionWorker::rebuild; those of `on_verified`. Threads: no other thread may use the
/// store's collections during the call. Cost: that of a rebuild, and the reading of both collections.
Result<bool> verify_projections(Store& store, const VerifyProjections& parameters,
                                FunctionRef<Result<void>(const ProjectionVerified&)> on_verified,
                                const ProjectionOptions& options = {}, std::stop_token stop = {});

}  // namespace eventstore::app
